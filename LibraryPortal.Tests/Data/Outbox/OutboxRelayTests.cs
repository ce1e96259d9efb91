using LibraryPortal.Data.Outbox;
using LibraryPortal.Jobs;
using LibraryPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace LibraryPortal.Tests.Data.Outbox;

public sealed class OutboxRelayTests : IAsyncLifetime
{
    readonly ScriptedJobs _jobs = new();
    readonly ManualClock _clock = new();
    TestDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await TestDatabase.CreateAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task RunOnce_WithMessages_HandsThemOverInOrderAndForgetsThem()
    {
        JobId[] ids = [JobId.New(), JobId.New(), JobId.New()];
        await WriteAsync(Enqueue(ids[0]), Enqueue(ids[1]), Cancel(ids[0]), Enqueue(ids[2]));

        Assert.Equal(4, await Relay().RunOnceAsync(default));

        Assert.Equal(ids, _jobs.Submitted.Select(job => job.Id));
        Assert.Equal([ids[0]], _jobs.Cancelled);
        Assert.Empty(await MessagesAsync());
    }

    [Fact]
    public async Task RunOnce_WithMoreThanOneBatch_HandsAllOver()
    {
        await WriteAsync([.. Enumerable.Range(0, 700).Select(_ => Enqueue(JobId.New()))]);

        Assert.Equal(700, await Relay().RunOnceAsync(default));

        Assert.Equal(700, _jobs.Submitted.Count);
        Assert.Equal(3, _jobs.Submissions);
    }

    [Fact]
    public async Task RunOnce_KilledAfterHandingOver_HandsOverAgainWithoutDoubling()
    {
        var id = JobId.New();
        await WriteAsync(Enqueue(id));
        _jobs.AfterSubmit = () => throw new OperationCanceledException("killed here");
        await Assert.ThrowsAsync<OperationCanceledException>(() => Relay().RunOnceAsync(default));
        Assert.Single(await MessagesAsync());

        _jobs.AfterSubmit = null;
        await Relay().RunOnceAsync(default);

        Assert.Equal(2, _jobs.Submissions);
        Assert.Equal(id, Assert.Single(_jobs.Submitted).Id);
        Assert.Empty(await MessagesAsync());
    }

    [Fact]
    public async Task RunOnce_WithAJobTheEngineRefuses_SetsItAsideAndLetsTheOthersThrough()
    {
        _jobs.RefusedName = "no.such";
        JobId good = JobId.New(), refused = JobId.New(), broken = JobId.New(), last = JobId.New();
        var unreadable = new OutboxMessage { Kind = OutboxKind.Enqueue, JobId = broken, Envelope = "{not json", CreatedAt = _clock.GetUtcNow() };
        await WriteAsync(Enqueue(good), Enqueue(refused, "no.such"), unreadable, Enqueue(last));

        await Relay().RunOnceAsync(default);
        await Relay().RunOnceAsync(default);

        Assert.Equal([good, last], _jobs.Submitted.Select(job => job.Id));
        var kept = await MessagesAsync();
        Assert.Equal([refused, broken], kept.Select(message => message.JobId));
        Assert.All(kept, message => Assert.Equal(_clock.GetUtcNow(), message.RefusedAt));
        Assert.Contains("no.such", kept[0].Error, StringComparison.Ordinal);
        // The two good jobs were handed over one by one, once each; what is set aside is not tried again.
        Assert.Equal(2, _jobs.Submissions);
    }

    [Fact]
    public async Task TryRunOnce_OnAStoreWithoutRoom_CancelsWhatItHas_KeepsTheRest_AndSaysSoOnce()
    {
        var log = new LogLines<OutboxRelay>();
        var relay = Relay(log);
        JobId[] running = [JobId.New(), JobId.New()];
        var ids = Enumerable.Range(0, 301).Select(_ => JobId.New()).ToList();
        _jobs.IsFull = true;
        // The last cancels are of another batch than the first; of what is still to be handed over there is one in each.
        await WriteAsync([Enqueue(ids[0]), Cancel(running[0]), Cancel(ids[0]), .. ids[1..].Select(id => Enqueue(id)), Cancel(ids[300]), Cancel(running[1])]);

        await relay.TryRunOnceAsync(default);
        await relay.TryRunOnceAsync(default);

        Assert.Equal(running, _jobs.Cancelled);
        Assert.Equal(2, _jobs.TurnedAway);
        Assert.Equal([ids[0], ids[0], .. ids[1..], ids[300]], (await MessagesAsync()).Select(message => message.JobId));
        Assert.Equal(
            "Jobs wait in the outbox and will be handed over as soon as the job store takes them. The job store has no room for anything new. 0 of the jobs were accepted before.",
            Assert.Single(log.Lines));

        _jobs.IsFull = false;
        await relay.TryRunOnceAsync(default);

        Assert.Equal(ids, _jobs.Submitted.Select(job => job.Id));
        Assert.Equal([.. running, ids[0], ids[300]], _jobs.Cancelled);
        Assert.Empty(await MessagesAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task TryRunOnce_OnAStoreThatTookSomeOfACall_CancelsThese_AndNeverHandsThemOverAgain(bool isFull)
    {
        var relay = Relay();
        JobId taken = JobId.New(), left = JobId.New();
        await WriteAsync(Enqueue(taken), Enqueue(left), Cancel(taken), Cancel(left));
        _jobs.IsFull = isFull;
        _jobs.TakesOnly = 1;

        await relay.TryRunOnceAsync(default);

        // One that is gone takes no cancel either.
        JobId[] cancelled = isFull ? [taken] : [];
        JobId[] kept = isFull ? [left, left] : [left, taken, left];
        Assert.Equal(cancelled, _jobs.Cancelled);
        Assert.Equal(kept, (await MessagesAsync()).Select(message => message.JobId));

        // Over and forgotten by the time there is room again.
        _jobs.Set(taken, null);
        _jobs.IsFull = false;
        await relay.TryRunOnceAsync(default);

        Assert.Equal([taken, left], _jobs.Submitted.Select(job => job.Id));
        Assert.Equal([taken, left], _jobs.Cancelled);
        Assert.Empty(await MessagesAsync());
    }

    [Fact]
    public async Task TryRunOnce_WithAJobThatCannotBeHandedOver_LetsTheOthersThroughAndTriesItAgain()
    {
        var log = new LogLines<OutboxRelay>();
        var relay = Relay(log);
        _jobs.BrokenName = "bad.luck";
        JobId first = JobId.New(), stuck = JobId.New(), last = JobId.New();
        await WriteAsync(Enqueue(first), Enqueue(stuck, "bad.luck"), Cancel(stuck), Cancel(first), Enqueue(last));

        await relay.TryRunOnceAsync(default);
        await relay.TryRunOnceAsync(default);

        Assert.Equal([first, last], _jobs.Submitted.Select(job => job.Id));
        // Cancelling what is not handed over yet would be forgotten by the time it is.
        Assert.Equal([first], _jobs.Cancelled);
        Assert.All(await MessagesAsync(), message => Assert.Equal((stuck, null), (message.JobId, message.RefusedAt)));
        Assert.Equal(2, (await MessagesAsync()).Count);
        Assert.Single(log.Lines);

        _jobs.BrokenName = null;
        await relay.TryRunOnceAsync(default);

        Assert.Equal([first, last, stuck], _jobs.Submitted.Select(job => job.Id));
        Assert.Equal([first, stuck], _jobs.Cancelled);
        Assert.Empty(await MessagesAsync());
    }

    [Fact]
    public async Task TryRunOnce_WhileTheStoreIsOut_KeepsMessagesAndRestsUntilItIsBack()
    {
        var log = new LogLines<OutboxRelay>();
        var relay = Relay(log);
        _jobs.Outage = "Redis at nowhere:1 does not answer.";
        await WriteAsync(Enqueue(JobId.New()));
        for (var i = 0; i < 50; i++)
        {
            await relay.TryRunOnceAsync(default);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Single(await MessagesAsync());
        Assert.Contains("nowhere:1", Assert.Single(log.Lines), StringComparison.Ordinal);

        _jobs.Outage = null;
        await relay.TryRunOnceAsync(default);

        Assert.Single(_jobs.Submitted);
        Assert.Equal(2, log.Lines.Count);
    }

    [Fact]
    public async Task Relay_WhenNotified_HandsOverWithoutWaitingForTheSweep()
    {
        using var relay = Relay();
        await relay.StartAsync(default);
        var handedOver = new TaskCompletionSource();
        _jobs.AfterSubmit = handedOver.SetResult;
        await WriteAsync(Enqueue(JobId.New()));

        // The clock stands still, so only the signal can have woken it.
        _database.Outbox.Notify();

        await handedOver.Task.WaitAsync(Eventually.Deadline);
        await relay.StopAsync(default);
    }

    [Fact]
    public async Task Relay_WithAMessageNobodyToldOf_FindsItWithinASecond()
    {
        using var relay = Relay();
        await relay.StartAsync(default);
        var handedOver = new TaskCompletionSource();
        _jobs.AfterSubmit = () => handedOver.TrySetResult();
        await WriteAsync(Enqueue(JobId.New()));

        _clock.Advance(TimeSpan.FromSeconds(1));

        await handedOver.Task.WaitAsync(Eventually.Deadline);
        await relay.StopAsync(default);
    }

    OutboxRelay Relay(LogLines<OutboxRelay>? log = null) =>
        new(_database.Contexts, _jobs, _jobs, _database.Outbox, _clock, log is null ? NullLogger<OutboxRelay>.Instance : log);

    Task WriteAsync(params OutboxMessage[] messages) => _database.AddAsync([.. messages]);

    async Task<List<OutboxMessage>> MessagesAsync()
    {
        await using var database = _database.Open();
        return await database.Outbox.AsNoTracking().OrderBy(message => message.Id).ToListAsync();
    }

    OutboxMessage Enqueue(JobId id, string name = "reports.export") => new()
    {
        Kind = OutboxKind.Enqueue,
        JobId = id,
        Envelope = System.Text.Json.JsonSerializer.Serialize(ScriptedJobs.Envelope(id, name), JobJson.Options),
        CreatedAt = _clock.GetUtcNow(),
    };

    OutboxMessage Cancel(JobId id) => new() { Kind = OutboxKind.Cancel, JobId = id, CreatedAt = _clock.GetUtcNow() };
}
