using System.Diagnostics.Metrics;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Diagnostics;

namespace LibraryPortal.Tests.Jobs.Engine;

/// <summary>Errors of others than handlers cost neither a job nor a slot.</summary>
public abstract partial class JobEngineTests
{
    [Fact]
    public async Task ListenersThatThrow_CostNeitherSlotsNorJobs_AndAreNamed()
    {
        using var listener = new MeterListener
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Meter.Name == JobMetrics.MeterName && instrument.Name is "jobs.waiting" or "jobs.run.duration" or "jobs.outcomes")
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<double>(static (_, _, tags, _) => Throw(tags));
        listener.SetMeasurementEventCallback<long>(static (_, _, tags, _) => Throw(tags));
        listener.Start();
        var host = await StartAsync(options => options.Slots = 2, jobs: static services => services.AddJobHandler<WatchedJob>());

        var handles = await host.Client.EnqueueManyAsync(Enumerable.Range(0, 20).Select(static number => new Watched($"{number}")));

        foreach (var handle in handles)
        {
            var ended = await handle.WaitAsync(Patience);
            Assert.Equal((JobState.Succeeded, 1), (ended.State, ended.Attempt));
        }

        Assert.Equal("after", await (await host.Client.EnqueueAsync(new Script("after"))).WaitForResultAsync(Patience));
        Assert.Contains(host.Errors, line => line.Contains("slot", StringComparison.Ordinal));
        await Support.Eventually.HoldsAsync("the finisher's is named too", () => host.Errors.Any(line => line.Contains("finisher", StringComparison.Ordinal)));
    }

    // Meters are everybody's: only runs of this test's job are disturbed.
    static void Throw(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var tag in tags)
        {
            if (tag is { Key: "job", Value: WatchedJob.Name })
                throw new InvalidOperationException("A listener throws, against the rules.");
        }
    }

    public sealed record Watched(string Key) : IJobArgs<string>;

    [Job(Name)]
    public sealed class WatchedJob : IJobHandler<Watched, string>
    {
        public const string Name = "test.watched";

        public Task<string> RunAsync(Watched args, JobContext job) => Task.FromResult(args.Key);
    }
}
