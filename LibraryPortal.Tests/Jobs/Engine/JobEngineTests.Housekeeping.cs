using System.Collections.Concurrent;
using LibraryPortal.Jobs;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Jobs.Engine;

/// <summary>What is over leaves the store by the worker alone.</summary>
public abstract partial class JobEngineTests
{
    [Fact]
    public async Task EndedRecords_WhoseTimeIsOver_AreForgottenByTheWorker_AlsoAfterAnOutage()
    {
        const int Jobs = 600;
        var caller = await StartAsync(worker: false);
        var jobs = Enumerable.Range(0, Jobs).Select(number => caller.Client.Prepare(new Script($"{number}")) with { ResultTtl = TimeSpan.FromMilliseconds(1) }).ToList();
        await caller.Client.SubmitAsync(jobs);
        await Task.WhenAll(jobs.Select(job => caller.Client.CancelAsync(job.Id)));

        var clock = new ManualClock();
        ConcurrentQueue<int> forgotten = new();
        var refused = 0;
        var host = await StartAsync(jobs: services => services.AddSingleton<TimeProvider>(clock));
        host.Store.LosesRequestOf = call => call == "prune" && Interlocked.Increment(ref refused) <= 2;
        host.Store.HoldsReplyOf = (call, reply) =>
        {
            if (call == "prune")
                forgotten.Enqueue((int)reply!);
            return Task.CompletedTask;
        };

        await UntilClockBringsAsync("the outage is met, and over", TimeSpan.FromSeconds(30), () => !forgotten.IsEmpty);
        // More than one bite: the rest does not wait for the next turn, to which so many such steps do not come.
        await UntilClockBringsAsync("all are forgotten", TimeSpan.FromMilliseconds(2), () => forgotten.Count > 1);

        // One more turn may be on its way.
        await Eventually.HoldsAsync("two were refused, and all others answered", () => Volatile.Read(ref refused) - forgotten.Count == 2);
        Assert.Equal(Jobs, forgotten.Sum());
        Assert.Equal(0, await Store.PruneAsync(Jobs, CancellationToken.None));
        // An outage is none of its surprises.
        Assert.Empty(host.Errors);

        Task UntilClockBringsAsync(string what, TimeSpan step, Func<bool> condition) => Eventually.HoldsAsync(what, () =>
        {
            if (condition())
                return true;
            clock.Advance(step);
            return false;
        }, TimeSpan.FromSeconds(60));
    }
}
