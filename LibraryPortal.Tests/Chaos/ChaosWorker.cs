using System.Globalization;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Stores.Redis;
using Microsoft.Extensions.Hosting;

namespace LibraryPortal.Tests.Chaos;

/// <summary>A process with nothing but the engine: a worker on Redis, or the one process of an embedded store, which then accepts its own jobs too.</summary>
internal static class ChaosWorker
{
    public const string Command = "chaos-worker";

    public const string Ready = "ready";

    /// <param name="args">Pairs such as <c>redis=127.0.0.1:6379</c>; any other option of the engine as <c>Jobs:Slots=4</c>.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        var options = args.Select(static pair => pair.Split('=', 2)).ToDictionary(static pair => pair[0], static pair => pair[1], StringComparer.Ordinal);
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(options!);
        builder.Logging.AddSimpleConsole().SetMinimumLevel(LogLevel.Warning);
        using var ledger = new ChaosLedger(options["ledger"]);
        builder.Services.AddSingleton(ledger);
        builder.Services.AddJobs().AddJobHandler<ChaosJob>().AddJobWorker();
        if (options.TryGetValue("redis", out var redis))
            builder.Services.AddRedisJobStore(redis);
        else
            builder.Services.AddSqliteJobStore(options["sqlite"]);
        using var host = builder.Build();
        await host.StartAsync();
        await Console.Out.WriteLineAsync(Ready);
        if (options.TryGetValue("jobs", out var jobs))
            await AcceptAsync(host.Services.GetRequiredService<IJobClient>(), ledger, int.Parse(jobs, CultureInfo.InvariantCulture), Number(options, "milliseconds"));
        await host.WaitForShutdownAsync();
        return 0;
    }

    // One by one and noted only when the store has said yes: what a caller may rely on.
    static async Task AcceptAsync(IJobClient client, ChaosLedger ledger, int count, int milliseconds)
    {
        for (var number = 0; number < count; number++)
        {
            var job = client.Prepare(new ChaosWork(number, milliseconds));
            while (true)
            {
                try
                {
                    await client.SubmitAsync([job]);
                    ledger.Write("accepted", job.Id);
                    break;
                }
                catch (JobStoreUnavailableException)
                {
                    ledger.Write("refused", number);
                    await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
                }
            }
        }
    }

    static int Number(Dictionary<string, string> options, string name) =>
        options.TryGetValue(name, out var value) ? int.Parse(value, CultureInfo.InvariantCulture) : 0;
}
