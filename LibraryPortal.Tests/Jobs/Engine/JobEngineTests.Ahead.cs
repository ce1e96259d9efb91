using System.Collections.Concurrent;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Inspection;
using LibraryPortal.Jobs.Stores;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Jobs.Engine;

/// <summary>What becomes of jobs that a worker has claimed and no slot has begun.</summary>
public abstract partial class JobEngineTests
{
    // On a machine that is busy with other things the jobs may be claimed when their time is over: then once more, with more of it.
    const int MostTries = 6;

    /// <summary>Another store, whose clock stands still, so far behind this process' own.</summary>
    protected abstract ValueTask<IJobStore> OpenBehindAsync(TimeSpan time);

    [Fact]
    public async Task Expired_IsWhatAJobBecomesThatWasClaimedAheadAndNotBegunInTime_AndNotOneThatHadBegun()
    {
        var (host, stopwatch) = await StartStoppableAsync();
        for (var (tries, time, shown) = (0, TimeSpan.FromMilliseconds(250), false); !shown; tries++, time *= 2)
        {
            Assert.True(tries < MostTries, "No job was ever claimed in time.");
            var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var (first, behind, claimed) = await HangAsync(host, stopwatch, gate.Task, tries, ["behind"], time);
            var over = (await first.FindAsync())!.Envelope.ExpiresAt!.Value;
            await Eventually.HoldsAsync("their time is over", () => TimeProvider.System.GetUtcNow() > over + TimeSpan.FromMilliseconds(10));
            gate.SetResult();

            var late = await behind[0].WaitAsync(Patience);
            Assert.Equal((JobState.Expired, 0, 0, "It had not started when its time was over."), (late.State, late.Attempt, late.Crashes, late.Error));
            Assert.DoesNotContain(host.Stage.Runs, run => run.Key == "behind");
            var begun = await first.WaitAsync(Patience);
            shown = claimed && begun.State != JobState.Expired;
            if (shown)
                Assert.Equal((JobState.Succeeded, 2), (begun.State, begun.Attempt));
        }
    }

    [Fact]
    public async Task Expiry_OfAStoreWhoseClockIsNotThisProcessOwn_CountsByThatOfTheStore()
    {
        var hour = TimeSpan.FromHours(1);
        await using var store = await OpenBehindAsync(hour);
        await using var host = await EngineHost.StartAsync(store, options => options.PollInterval = TimeSpan.FromMilliseconds(100));
        var claimed = WatchClaims(host);
        var job = host.Client.Prepare(new Script("a")) with { ExpiresAt = TimeProvider.System.GetUtcNow() - (hour / 2) };

        await host.Client.SubmitAsync([job]);

        Assert.Equal(JobState.Succeeded, (await host.Client.WaitAsync(job.Id, Patience)).State);
        Assert.Equal([job.Id], claimed);
    }

    [Fact]
    public async Task ClaimedAhead_BehindRunsThatHang_IsGivenToAnotherWorker_WithNoAttemptAndNoCrash()
    {
        string[] keys = ["behind 1", "behind 2", "behind 3"];
        var (one, stopwatch) = await StartStoppableAsync();
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var (first, behind, claimed) = await HangAsync(one, stopwatch, gate.Task, 0, keys);
        Assert.True(claimed, "Not all were claimed ahead.");

        var two = await StartAsync(options => options.Slots = 1);

        foreach (var handle in behind)
        {
            var record = await handle.WaitAsync(Patience);
            Assert.Equal((JobState.Succeeded, 1, 0), (record.State, record.Attempt, record.Crashes));
        }

        Assert.Equal(keys, two.Stage.Runs.Select(run => run.Key));
        Assert.Equal(JobState.Running, (await first.FindAsync())!.State);
        gate.SetResult();
        Assert.Equal((JobState.Succeeded, 2), ((await first.WaitAsync(Patience)).State, (await first.FindAsync())!.Attempt));
    }

    /// <summary>A worker with one slot, to which runs are as short as the test wants.</summary>
    async Task<(EngineHost Host, StoppableStopwatch Stopwatch)> StartStoppableAsync()
    {
        var stopwatch = new StoppableStopwatch();
        var host = await StartAsync(options => { Brisk(options); options.Slots = 1; }, jobs: services => services.AddSingleton<TimeProvider>(stopwatch));
        return (host, stopwatch);
    }

    /// <summary>Lets a worker see that its runs are short, then hang in the one it begins first.</summary>
    /// <param name="gate">What that one waits for, to be tried again afterwards.</param>
    /// <param name="keys">Of the jobs behind it.</param>
    /// <param name="expiresIn">When it is too late to begin any of them: at the same moment, so that none is over and the next not yet.</param>
    /// <returns>Whether the worker claimed all of them at once.</returns>
    async Task<(JobHandle First, IReadOnlyList<JobHandle> Behind, bool Claimed)> HangAsync(
        EngineHost host, StoppableStopwatch stopwatch, Task gate, int round, string[] keys, TimeSpan? expiresIn = null)
    {
        stopwatch.Stop();
        foreach (var handle in await host.Client.EnqueueManyAsync(Enumerable.Repeat(new Script("short"), 32)))
            await handle.WaitAsync(Patience);
        var name = $"first {round}";
        host.Stage.Play = async (script, job) =>
        {
            if (script.Key != name || job.Attempt > 1)
                return script.Key;
            await gate;
            throw new IOException("again");
        };
        var claimed = WatchClaims(host);

        var over = TimeProvider.System.GetUtcNow() + expiresIn;
        var handles = await host.Client.EnqueueManyAsync([new Script(name), .. keys.Select(static key => new Script(key))], options =>
        {
            if (over is { } moment)
                options.ExpiresAt(moment);
        });

        await UntilAsync(host, handles[0].Id, record => record.State == JobState.Expired || host.Stage.Runs.Any(run => run.Key == name));
        stopwatch.CatchUp();
        return (handles[0], [.. handles.Skip(1)], handles.All(handle => claimed.Contains(handle.Id)));
    }

    static ConcurrentQueue<JobId> WatchClaims(EngineHost host)
    {
        ConcurrentQueue<JobId> claimed = [];
        host.Store.HoldsReplyOf = (_, reply) =>
        {
            foreach (var job in (reply as ClaimReply)?.Jobs ?? [])
                claimed.Enqueue(job.Envelope.Id);
            return Task.CompletedTask;
        };
        return claimed;
    }
}
