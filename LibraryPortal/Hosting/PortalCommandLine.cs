using System.CommandLine;
using System.CommandLine.Invocation;
using System.Globalization;
using LibraryPortal.Hosting.Bench;
using LibraryPortal.Hosting.JobCommands;
using Microsoft.Extensions.Options;

namespace LibraryPortal.Hosting;

/// <summary>The program's commands. Settings such as <c>--urls</c> or <c>--ConnectionStrings:Redis</c> may stand anywhere and go to the configuration.</summary>
internal static class PortalCommandLine
{
    /// <summary>The exit code of a command that cannot be used as it was typed, and of a wrong setting.</summary>
    const int WrongInput = 2;

    public static async Task<int> RunAsync(string[] args)
    {
        // All sentences are English, on whatever server: their numbers and dates are, too.
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;
        var (commands, settings) = SettingArguments.Split(args);
        var root = new RootCommand("LibraryPortal: a self-hosted library portal. Without a command it serves pages and runs jobs in one process.");
        root.SetAction((_, token) => PortalHost.RunAsync(PortalRole.All, settings, token));
        root.Subcommands.Add(Role("web", PortalRole.Web, "Serve pages only; jobs are run by workers. Needs Redis.", settings));
        root.Subcommands.Add(Role("worker", PortalRole.Worker, "Run jobs only. Needs Redis.", settings));
        root.Subcommands.Add(CatalogCommands.Import(settings));
        root.Subcommands.Add(SynthesizeCommand.Create());
        root.Subcommands.Add(ExportCommands.Export(settings));
        root.Subcommands.Add(new Command("bench", "Measure this program on this machine.") { BenchCommands.Search(settings), QueueBenchCommand.Create(), HistoryBenchCommand.Create() });
        root.Subcommands.Add(UserCommands.Create(settings));
        root.Subcommands.Add(JobsCommand.Create(settings));
        root.Subcommands.Add(WorkersCommand.Create(settings));
        root.Subcommands.Add(SchedulesCommand.Create(settings));
        root.Subcommands.Add(LimitsCommand.Create(settings));
        root.Subcommands.Add(FlowsCommand.Create(settings));
        try
        {
            var parsed = root.Parse(commands);
            var isWrong = parsed is { Errors.Count: > 0, Action: ParseErrorAction };
            // Only what is no command at all is answered with the help.
            if (isWrong && parsed.CommandResult.Command.Subcommands.Count == 0)
                return await RefuseAsync(parsed.Errors.Select(static error => error.Message));
            // The host stops itself in stages; a limit here would end the process in the middle of them.
            var code = await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
            return isWrong ? WrongInput : code;
        }
        catch (SettingException error)
        {
            return await RefuseAsync([error.Message]);
        }
        catch (OptionsValidationException error)
        {
            return await RefuseAsync(error.Failures);
        }
        catch (AggregateException error) when (error.InnerExceptions.All(inner => inner is OptionsValidationException))
        {
            return await RefuseAsync(error.InnerExceptions.Cast<OptionsValidationException>().SelectMany(inner => inner.Failures));
        }
        catch (InvalidOperationException error) when (error.Message.StartsWith("Failed to convert configuration value", StringComparison.Ordinal))
        {
            return await RefuseAsync([error.Message]);
        }
    }

    static async Task<int> RefuseAsync(IEnumerable<string> reasons)
    {
        foreach (var reason in reasons)
            await Console.Error.WriteLineAsync(reason);
        return WrongInput;
    }

    static Command Role(string name, PortalRole role, string description, string[] settings)
    {
        var command = new Command(name, description);
        command.SetAction((_, token) => PortalHost.RunAsync(role, settings, token));
        return command;
    }
}
