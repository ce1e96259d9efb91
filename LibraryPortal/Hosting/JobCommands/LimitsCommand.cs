using System.CommandLine;
using System.Globalization;
using LibraryPortal.Features.JobConsole.Audited;
using LibraryPortal.Identity;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Inspection;

namespace LibraryPortal.Hosting.JobCommands;

/// <summary><c>limits …</c>: what named limits allow, changed while the system runs.</summary>
internal static class LimitsCommand
{
    public static Command Create(string[] settings)
    {
        var json = JobCommandHost.Json();
        var command = new Command("limits", "List the limits jobs are subject to and change them, beside a running portal.") { json };
        command.SetAction((parsed, _) => ListAsync(settings, parsed.GetValue(json)));
        var listJson = JobCommandHost.Json();
        var list = new Command("list", "List them; the same as no command.") { listJson };
        list.SetAction((parsed, _) => ListAsync(settings, parsed.GetValue(listJson)));
        command.Subcommands.Add(list);
        command.Subcommands.Add(Set(settings));
        command.Subcommands.Add(Reset(settings));
        return command;
    }

    static Task<int> ListAsync(string[] settings, bool asJson) => JobCommandHost.RunAsync(settings, async (services, cancellationToken) =>
    {
        var limits = await services.GetRequiredService<IJobLimits>().ListAsync(cancellationToken);
        if (asJson)
        {
            CommandOutput.WriteJson(limits.Select(static one => new { name = one.Name, rule = Rule(one.Rule), declared = Rule(one.Declared), running = one.Running, waiting = one.Waiting }));
            return JobCommandHost.Done;
        }

        var table = new TextTable("LIMIT", "ALLOWS", "DECLARED", "RUNNING", "WAITING");
        foreach (var one in limits)
            table.Add(one.Name, Words(one.Rule), one.Declared is { } declared ? Words(declared) : "", $"{one.Running}", $"{one.Waiting}");
        table.Write(limits.Count == 0 ? "no limits" : null);
        return JobCommandHost.Done;
    });

    static Command Set(string[] settings)
    {
        var name = Name();
        var running = new Option<int?>("--running") { Description = "Jobs at once at most; 0: none for the time being." };
        var starts = new Option<int?>("--starts") { Description = "Jobs that may start within any stretch of time as long as --per." };
        var per = TimeOptions.Duration("--per", "That stretch of time.");
        var json = JobCommandHost.Json();
        var command = new Command("set", "Set what a limit allows, in place of what is declared. It holds at once; jobs that run go on.") { name, running, starts, per, json };
        command.SetAction((parsed, _) => JobCommandHost.RunAsync(settings, async (services, token) =>
        {
            var asked = parsed.GetRequiredValue(name);
            var rule = new LimitRule(parsed.GetValue(running), parsed.GetValue(starts), parsed.GetValue(per) ?? TimeSpan.Zero);
            await services.GetRequiredService<AuditedLimits>().SetAsync(Caller.Operator, asked, rule, token);
            if (parsed.GetValue(json))
                CommandOutput.WriteJson(new { name = asked, rule = Rule(rule) });
            else
                Console.WriteLine($"Limit '{asked}' allows {Words(rule)} now.");
            return JobCommandHost.Done;
        }));
        return command;
    }

    static Command Reset(string[] settings)
    {
        var name = Name();
        var json = JobCommandHost.Json();
        var command = new Command("reset", "Forget what was set: what the workers declare holds again, or nothing does.") { name, json };
        command.SetAction((parsed, _) => JobCommandHost.RunAsync(settings, async (services, token) =>
        {
            var asked = parsed.GetRequiredValue(name);
            var now = await services.GetRequiredService<AuditedLimits>().ResetAsync(Caller.Operator, asked, token);
            if (parsed.GetValue(json))
                CommandOutput.WriteJson(new { name = asked, rule = Rule(now?.Rule) });
            else
                Console.WriteLine(now is null ? $"No limit '{asked}' is in force." : $"Limit '{asked}' allows {Words(now.Rule)}, as declared.");
            return JobCommandHost.Done;
        }));
        return command;
    }

    static string Words(LimitRule rule)
    {
        var running = rule.Running is { } most ? $"{most} at once" : null;
        var starts = rule.Starts is { } count ? $"{count} started per {rule.Per.ToString("c", CultureInfo.InvariantCulture)}" : null;
        return string.Join(", ", new[] { running, starts }.OfType<string>());
    }

    static object? Rule(LimitRule? rule) => rule is null ? null : new { running = rule.Running, starts = rule.Starts, perSeconds = rule.Starts is null ? (double?)null : rule.Per.TotalSeconds };

    static Argument<string> Name() => new("name") { Description = "The limit's name." };
}
