using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Inspection;
using LibraryPortal.Jobs.Stores;

namespace LibraryPortal.Tests.Jobs.Stores;

/// <summary>Serial keys: one at a time, in their order, nobody forgotten, and no lane held up.</summary>
public abstract partial class JobStoreTests
{
    [Fact]
    public async Task Serial_LetsOneRunAtATime_InTheirOrder_AndHoldsUpNobodyElse()
    {
        await RegisterAsync();
        await RegisterAsync("w2");
        var serial = await EnqueueSerialAsync(3);
        var other = await EnqueueAsync(Job(number: 9));

        Assert.Equal([serial[0].Id, other.Id], Ids(await ClaimAsync()));
        Assert.Empty(await ClaimAsync("w2"));
        Assert.Equal(2, (await Store.CountAsync(CancellationToken.None))[JobState.Queued]);
        Assert.Contains("serial key 'account 7'", (await FindAsync(serial[1].Id)).HeldBack, StringComparison.Ordinal);
        var late = await EnqueueAsync(Job(number: 4) with { SerialKey = "account 7" });

        Assert.Equal([serial[1].Id, serial[2].Id, late.Id], await RunOneAfterTheOtherAsync(serial[0].Id));
    }

    [Fact]
    public async Task Serial_OfAWorkerThatDied_IsFreedByRecovery()
    {
        await RegisterAsync("dead");
        var serial = await EnqueueSerialAsync(2);
        await ClaimAsync("dead");
        await RegisterAsync("other");
        Assert.Empty(await ClaimAsync("other"));
        await AdvanceAsync(Moment);

        await Store.ReapAsync(Moment / 2, quarantineAfter: 3, CancellationToken.None);

        await RegisterAsync("alive");
        Assert.Equal([serial[0].Id], Ids(await ClaimAsync("alive")));
    }

    [Theory]
    [InlineData(OutcomeKind.Succeeded)]
    [InlineData(OutcomeKind.Failed)]
    [InlineData(OutcomeKind.Cancelled)]
    [InlineData(OutcomeKind.Retry)]
    [InlineData(OutcomeKind.Snoozed)]
    [InlineData(OutcomeKind.Parked)]
    public async Task Serial_AfterAnyOutcome_LetsTheNextRun(OutcomeKind kind)
    {
        await RegisterAsync();
        var serial = await EnqueueSerialAsync(2);
        var first = await ClaimOneAsync();

        Assert.True(await FinishAsync(first, kind, retryIn: TimeSpan.FromHours(1)));

        Assert.Equal([serial[1].Id], Ids(await ClaimAsync()));
    }

    [Fact]
    public async Task Serial_HandedBack_IsFirstAgain()
    {
        await RegisterAsync();
        var serial = await EnqueueSerialAsync(2);
        await FinishAsync(await ClaimOneAsync(), OutcomeKind.Released);

        Assert.Equal([serial[0].Id], Ids(await ClaimAsync()));
    }

    [Fact]
    public async Task Serial_OfAWorkerThatLeaves_IsFirstAgain()
    {
        await RegisterAsync();
        var serial = await EnqueueSerialAsync(2);
        await ClaimOneAsync();
        await Store.LeaveAsync("w1", CancellationToken.None);
        await RegisterAsync("w2");

        Assert.Equal([serial[0].Id], Ids(await ClaimAsync("w2")));
    }

    [Fact]
    public async Task Serial_WhenTheNextIsCancelled_GoesToTheOneAfterIt()
    {
        await RegisterAsync();
        var serial = await EnqueueSerialAsync(4);
        var first = await ClaimOneAsync();

        // Cancelled while it waits outside its lane, and when it stands there for the place already.
        await Store.CancelAsync(serial[1].Id, CancellationToken.None);
        await FinishAsync(first, OutcomeKind.Succeeded);
        await Store.CancelAsync(serial[2].Id, CancellationToken.None);

        Assert.Equal([serial[3].Id], Ids(await ClaimAsync()));
        await AssertStateAsync(JobState.Cancelled, serial[2].Id);
        Assert.Equal(0, (await Store.CountAsync(CancellationToken.None))[JobState.Queued]);
    }

    [Fact]
    public async Task Serial_WhenTheNextIsInAPausedQueue_GoesToAnother()
    {
        await RegisterAsync();
        await EnqueueSerialAsync(1);
        await EnqueueAsync(Job(queue: "other") with { SerialKey = "account 7" });
        var last = (await EnqueueSerialAsync(1))[0];
        var first = await ClaimOneAsync();
        Assert.Empty(await ClaimAsync(queue: "other"));
        Assert.Empty(await ClaimAsync());
        await Store.PauseQueueAsync("other", paused: true, CancellationToken.None);

        await FinishAsync(first, OutcomeKind.Succeeded);

        Assert.Equal([last.Id], Ids(await ClaimAsync()));
    }

    [Fact]
    public async Task Serial_WakesAnIdleWorkerWhenTheKeyIsFree()
    {
        await RegisterAsync();
        await EnqueueSerialAsync(2);
        var first = await ClaimOneAsync();
        using var woken = new SemaphoreSlim(0);
        using var subscription = Store.SubscribeToWakeUps(_ => woken.Release());
        await SubscribedAsync();
        Assert.Empty(await ClaimAsync());

        await FinishAsync(first, OutcomeKind.Succeeded);

        Assert.True(await woken.WaitAsync(Soon));
    }

    [Fact]
    public async Task Serial_SurvivesAReopenedStore()
    {
        await RegisterAsync();
        var serial = await EnqueueSerialAsync(3);
        var first = await ClaimOneAsync();

        await ReopenAsync();

        Assert.Empty(await ClaimAsync());
        await FinishAsync(first, OutcomeKind.Succeeded);
        Assert.Equal([serial[1].Id], Ids(await ClaimAsync()));
    }

    [Fact]
    public async Task Serial_ReplayedWhileAnotherRuns_Waits()
    {
        await RegisterAsync();
        var serial = await EnqueueSerialAsync(2);
        await FinishAsync(await ClaimOneAsync(), OutcomeKind.Failed);
        var second = await ClaimOneAsync();
        Assert.Equal(RetryReply.Queued, await Store.RetryAsync(serial[0].Id, CancellationToken.None));

        Assert.Empty(await ClaimAsync());
        await FinishAsync(second, OutcomeKind.Succeeded);

        Assert.Equal([serial[0].Id], Ids(await ClaimAsync()));
    }

    async Task<JobEnvelope[]> EnqueueSerialAsync(int count)
    {
        JobEnvelope[] jobs = [.. Enumerable.Range(1, count).Select(number => Job(number: number) with { SerialKey = "account 7" })];
        await EnqueueManyAsync(jobs);
        return jobs;
    }
}
