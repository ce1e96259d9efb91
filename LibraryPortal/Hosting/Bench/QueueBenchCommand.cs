using System.CommandLine;
using System.Text.Json;
using StackExchange.Redis;

namespace LibraryPortal.Hosting.Bench;

/// <summary><c>bench queue</c>: measures the job engine on this machine.</summary>
internal static class QueueBenchCommand
{
    static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static Command Create()
    {
        var store = new Option<string>("--store") { Description = "embedded or redis. Default: embedded.", DefaultValueFactory = _ => "embedded" };
        store.AcceptOnlyFromAmong("embedded", "redis");
        var redis = new Option<string>("--redis") { Description = "Address of the Redis to measure. Default: localhost:6379.", DefaultValueFactory = _ => "localhost:6379" };
        var jobs = new Option<int>("--jobs") { Description = "Jobs to drain. Default: 200,000.", DefaultValueFactory = _ => 200_000 };
        var concurrency = new Option<int>("--concurrency") { Description = "Slots of the worker and concurrent callers. Default: 64.", DefaultValueFactory = _ => 64 };
        var brief = new Option<bool>("--brief") { Description = "Measure rates only." };
        var json = new Option<bool>("--json") { Description = "Print JSON instead of a table." };
        jobs.RequireRange(1_000, 10_000_000);
        concurrency.RequireRange(1, 1_000);
        var command = new Command("queue", "Measure the job engine: enqueue, drain and pick-up, on a store of its own that is removed afterwards.") { store, redis, jobs, concurrency, brief, json };
        command.SetAction((result, token) => RunAsync(
            result.GetRequiredValue(store), result.GetRequiredValue(redis), result.GetValue(jobs), result.GetValue(concurrency), result.GetValue(brief), result.GetValue(json), token));
        return command;
    }

    static async Task<int> RunAsync(string kind, string redis, int jobs, int concurrency, bool brief, bool asJson, CancellationToken cancellationToken)
    {
        Task<BenchStore> OpenAsync() => kind == "redis" ? BenchStore.OpenRedisAsync(redis) : Task.FromResult(BenchStore.OpenEmbedded());
        try
        {
            var figures = await new QueueBench(OpenAsync, jobs, concurrency).RunAsync(brief, cancellationToken);
            await Console.Out.WriteLineAsync(asJson ? JsonSerializer.Serialize(figures, Indented) : QueueBenchTable.Write(figures));
            return 0;
        }
        catch (Exception error) when (error is Jobs.JobStoreUnavailableException or InvalidOperationException)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return 1;
        }
        catch (Exception error) when (error is RedisException or TimeoutException)
        {
            await Console.Error.WriteLineAsync($"Redis at {redis} stopped answering in the middle: this run measured nothing.");
            return 1;
        }
    }
}
