using System.Globalization;
using LibraryPortal.Data;
using LibraryPortal.Data.JobHistory;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Diagnostics;
using LibraryPortal.Jobs.History;
using LibraryPortal.Jobs.Schedules;
using LibraryPortal.Jobs.Stores.Redis;
using Microsoft.Extensions.Hosting;

namespace LibraryPortal.Tests.Chaos;

/// <summary>A process with nothing but the engine and its history: a worker on Redis, or the one process of an embedded store, which then accepts its own jobs too.</summary>
internal static class ChaosWorker
{
    public const string Command = "chaos-worker";

    public const string Ready = "ready";

    /// <param name="args">Pairs such as <c>redis=127.0.0.1:6379</c>. What it enqueues: <c>jobs=400</c> that the store accepts, <c>commits=20</c> that the portal's database accepts, or a chord with <c>chord=GATE</c>.
    /// <c>schedule=seconds</c> declares a schedule of that name, due each second. Any option of the engine goes as <c>Jobs:Slots=4</c>.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        var options = args.Select(static pair => pair.Split('=', 2)).ToDictionary(static pair => pair[0], static pair => pair[1], StringComparer.Ordinal);
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(options!);
        builder.Logging.AddSimpleConsole().SetMinimumLevel(LogLevel.Warning);
        using var ledger = new ChaosLedger(options["ledger"]);
        builder.Services.AddSingleton(ledger);
        builder.Services.AddJobs().AddDiagnosticsJobs().AddJobHandler<ChaosJob>().AddChaosChord().AddJobWorker();
        if (options.ContainsKey("release"))
            builder.Services.AddChaosRelease(Number(options, "release"));
        builder.Services.AddPortalData($"Data Source={options["history"]}").AddJobHistory<SqliteJobHistory>().AddJobHistoryDrain();
        builder.Services.AddOutboxRelay().AddSingleton<ChaosCommits>();
        if (options.TryGetValue("redis", out var redis))
            builder.Services.AddRedisJobStore(redis);
        else
            builder.Services.AddSqliteJobStore(options["sqlite"]);
        if (options.TryGetValue("schedule", out var schedule))
            builder.Services.AddJobScheduler().AddJobSchedule(schedule, ScheduleRule.Every(TimeSpan.FromSeconds(1)), new ChaosWork(0, 0), static each => each.Overlap(OverlapPolicy.Allow).Missed(MissedRuns.UpTo(1_000)));
        using var host = builder.Build();
        await host.StartAsync();
        await Console.Out.WriteLineAsync(Ready);
        if (options.TryGetValue("jobs", out var jobs))
        {
            var acceptance = new ChaosAcceptance(host.Services.GetRequiredService<IJobClient>(), ledger, Number(options, "milliseconds"), options.GetValueOrDefault("until"));
            await acceptance.RunAsync(int.Parse(jobs, CultureInfo.InvariantCulture), options.GetValueOrDefault("gate"));
        }

        if (options.TryGetValue("chord", out var gate))
        {
            foreach (var id in await ChaosChord.StartAsync(host.Services.GetRequiredService<IJobFlows>(), gate))
                ledger.Write("accepted", id);
            ledger.Write(ChaosAcceptance.Done, ChaosChord.Parts);
        }

        if (options.TryGetValue("commits", out var commits))
            await host.Services.GetRequiredService<ChaosCommits>().RunAsync(int.Parse(commits, CultureInfo.InvariantCulture));
        await host.WaitForShutdownAsync();
        return 0;
    }

    static int Number(Dictionary<string, string> options, string name) =>
        options.TryGetValue(name, out var value) ? int.Parse(value, CultureInfo.InvariantCulture) : 0;
}
