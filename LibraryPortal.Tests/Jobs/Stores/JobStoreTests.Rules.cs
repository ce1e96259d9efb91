using System.Text.Json;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Inspection;
using LibraryPortal.Jobs.Stores;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Jobs.Stores;

/// <summary>Expiry, pauses, snoozing, versions, cursors and logs: rows 8, 16 and 17.</summary>
public abstract partial class JobStoreTests
{
    [Fact]
    public async Task Expiry_FoundByAClaim_EndsTheJobAndFreesItsKey()
    {
        await RegisterAsync();
        var job = await EnqueueAsync(Job(unique: "k") with { ExpiresAt = Now + Moment });
        var next = await EnqueueAsync(Job(number: 2));
        await AdvanceAsync(Moment * 1.2);

        Assert.Equal([next.Id], Ids(await ClaimAsync()));

        await EventuallyExpiredAsync(job.Id);
        var record = await FindAsync(job.Id);
        Assert.Equal(0, record.Attempt);
        Assert.NotNull(record.Error);
        Assert.NotNull(record.FinishedAt);
        Assert.Equal(1, (await Store.CountAsync(CancellationToken.None))[JobState.Expired]);
        Assert.True((await EnqueueManyAsync(Job(unique: "k")))[0].IsNew);
    }

    [Fact]
    public async Task Expiry_WhereNobodyClaims_IsFoundByTheReaper_AndTold()
    {
        await RegisterAsync();
        var (queued, scheduled) = (Job(queue: "unserved"), Job(dueIn: Moment / 2));
        await EnqueueManyAsync(queued with { ExpiresAt = Now + Moment }, scheduled with { ExpiresAt = Now + Moment });
        await EnqueueAsync(Job(queue: "unserved"));
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var subscription = Store.Subscribe(events =>
        {
            if (events.Any(change => change.Id == queued.Id && change.State == JobState.Expired))
                told.TrySetResult();
        });
        await SubscribedAsync();
        await AdvanceAsync(Moment * 1.2);

        Assert.Empty(await Store.ReapAsync(TimeSpan.FromHours(1), quarantineAfter: 3, CancellationToken.None));

        await AssertStateAsync(JobState.Expired, queued.Id);
        await AssertStateAsync(JobState.Expired, scheduled.Id);
        await told.Task.WaitAsync(Soon);
        var counts = await Store.CountAsync(CancellationToken.None);
        Assert.Equal((1, 0, 2), (counts[JobState.Queued], counts[JobState.Scheduled], counts[JobState.Expired]));
    }

    [Fact]
    public async Task Expiry_OfParkedAndBlockedJobs_TakesThemOutOfWhereTheyWait()
    {
        await RegisterAsync();
        await RunningAsync(Job() with { SerialKey = "k" });
        var blocked = await EnqueueAsync(Job() with { SerialKey = "k", ExpiresAt = Now + Moment });
        var parked = await EnqueueAsync(Job(name: "test.unknown") with { ExpiresAt = Now + Moment });
        await FinishAsync(await ClaimOneAsync(), OutcomeKind.Parked);
        await AdvanceAsync(Moment * 1.2);

        await Store.ReapAsync(TimeSpan.FromHours(1), quarantineAfter: 3, CancellationToken.None);

        await AssertStateAsync(JobState.Expired, blocked.Id);
        await AssertStateAsync(JobState.Expired, parked.Id);
        Assert.Equal(0, (await Store.CountAsync(CancellationToken.None))[JobState.Queued]);
        await BeatAsync(names: ["test.unknown"]);
        Assert.Empty(await ClaimAsync());
    }

    [Theory]
    [InlineData(OutcomeKind.Retry)]
    [InlineData(OutcomeKind.Snoozed)]
    [InlineData(OutcomeKind.Released)]
    public async Task Expiry_OnceTheJobHasBegun_CountsNoMore(OutcomeKind kind)
    {
        await RegisterAsync();
        var run = await RunningAsync(Job() with { ExpiresAt = Now + Moment });
        await FinishAsync(run, kind);
        await AdvanceAsync(Moment * 1.2);
        await Store.ReapAsync(TimeSpan.FromHours(1), quarantineAfter: 3, CancellationToken.None);

        var again = await ClaimOneAsync();
        Assert.Equal((run.Envelope.Id, null), (again.Envelope.Id, again.BeginsWithin));
    }

    [Fact]
    public async Task Expiry_OfAJobHandedBackBeforeItBegan_StillCounts_AndEachClaimSaysWhatIsLeft()
    {
        await RegisterAsync();
        var run = await RunningAsync(Job() with { ExpiresAt = Now + Moment });
        // A millisecond is how exactly a store need tell the time.
        Assert.InRange(run.BeginsWithin!.Value, Moment - TimeSpan.FromMilliseconds(1), Moment);
        await Store.FinishAsync("w1", [new JobOutcome(run, OutcomeKind.Released)], CancellationToken.None);
        await AdvanceAsync(Moment / 2);
        run = await ClaimOneAsync();
        Assert.InRange(run.BeginsWithin!.Value, (Moment / 2) - TimeSpan.FromMilliseconds(1), Moment / 2);
        await Store.FinishAsync("w1", [new JobOutcome(run, OutcomeKind.Released)], CancellationToken.None);
        await AdvanceAsync(Moment);

        Assert.Empty(await ClaimAsync());
        await EventuallyExpiredAsync(run.Envelope.Id);
    }

    [Fact]
    public async Task Expired_Replayed_RunsHoweverLate()
    {
        await RegisterAsync();
        var job = await EnqueueAsync(Job() with { ExpiresAt = Now + Moment });
        await AdvanceAsync(Moment * 1.2);
        await Store.ReapAsync(TimeSpan.FromHours(1), quarantineAfter: 3, CancellationToken.None);

        Assert.Equal(RetryReply.Queued, await Store.RetryAsync(job.Id, CancellationToken.None));
        await Store.ReapAsync(TimeSpan.FromHours(1), quarantineAfter: 3, CancellationToken.None);

        var again = await ClaimOneAsync();
        Assert.Equal((job.Id, null), (again.Envelope.Id, again.BeginsWithin));
    }

    // A claim sees to it and waits for nothing.
    async Task EventuallyExpiredAsync(JobId id) => await Eventually.HoldsAsync("the job has expired", async () => (await FindAsync(id)).State == JobState.Expired);

    [Fact]
    public async Task Pause_HoldsAQueue_OverARestart_UntilItIsResumed()
    {
        await RegisterAsync();
        var running = await RunningAsync();
        var job = await EnqueueAsync(Job());
        var other = await EnqueueAsync(Job(queue: "other"));

        Assert.True(await Store.PauseQueueAsync("default", paused: true, CancellationToken.None));
        Assert.False(await Store.PauseQueueAsync("default", paused: true, CancellationToken.None));
        await ReopenAsync();

        Assert.Empty(await ClaimAsync());
        Assert.Equal([other.Id], Ids(await ClaimAsync(queue: "other")));
        Assert.True(await FinishAsync(running, OutcomeKind.Succeeded));
        Assert.Contains("paused", (await FindAsync(job.Id)).HeldBack, StringComparison.Ordinal);
        var queues = await Store.ListQueuesAsync(CancellationToken.None);
        Assert.Equal([("default", 1L, true)], queues.Select(queue => (queue.Name, queue.Depth, queue.IsPaused)));

        Assert.True(await Store.PauseQueueAsync("default", paused: false, CancellationToken.None));
        Assert.False(await Store.PauseQueueAsync("default", paused: false, CancellationToken.None));
        Assert.Null((await FindAsync(job.Id)).HeldBack);
        Assert.Equal([job.Id], Ids(await ClaimAsync()));
    }

    [Fact]
    public async Task Resume_WakesWorkers()
    {
        await RegisterAsync();
        await EnqueueAsync(Job());
        await Store.PauseQueueAsync("default", paused: true, CancellationToken.None);
        using var woken = new SemaphoreSlim(0);
        using var subscription = Store.SubscribeToWakeUps(_ => woken.Release());
        await SubscribedAsync();
        Assert.Empty(await ClaimAsync());

        await Store.PauseQueueAsync("default", paused: false, CancellationToken.None);

        Assert.True(await woken.WaitAsync(Soon));
    }

    [Fact]
    public async Task Snoozed_ComesAgainLater_WithNoAttemptSpent()
    {
        await RegisterAsync();
        var first = await RunningAsync();
        await FinishAsync(first, OutcomeKind.Retry, error: "disk");
        var second = await ClaimOneAsync();
        Assert.Equal(2, second.Attempt);

        Assert.True(await FinishAsync(second, OutcomeKind.Snoozed, retryIn: Moment));

        var record = await FindAsync(first);
        Assert.Equal((JobState.Scheduled, 1, "disk"), (record.State, record.Attempt, record.Error));
        Assert.Empty(await ClaimAsync());
        await AdvanceAsync(Moment * 1.2);
        Assert.Equal(2, (await ClaimOneAsync()).Attempt);
    }

    [Fact]
    public async Task Snoozed_AskedToCancel_IsCancelled()
    {
        await RegisterAsync();
        var job = await RunningAsync();
        await Store.CancelAsync(job.Envelope.Id, CancellationToken.None);

        Assert.True(await FinishAsync(job, OutcomeKind.Snoozed, retryIn: Moment));

        await AssertStateAsync(JobState.Cancelled, job.Envelope.Id);
    }

    [Fact]
    public async Task Parked_ForItsVersion_WaitsForAWorkerThatKnowsTheVersion()
    {
        await RegisterAsync();
        var job = await EnqueueAsync(Job() with { ArgsVersion = 3 });
        await FinishAsync(await ClaimOneAsync(), OutcomeKind.Parked);

        Assert.Contains("version 3", (await FindAsync(job.Id)).HeldBack, StringComparison.Ordinal);
        await BeatAsync(names: ["test.one", "test.one@2"]);
        Assert.Empty(await ClaimAsync());

        await RegisterAsync("new", "test.one", "test.one@2", "test.one@3");
        Assert.Equal([job.Id], Ids(await ClaimAsync("new")));
    }

    [Theory]
    [InlineData(OutcomeKind.Retry)]
    [InlineData(OutcomeKind.Snoozed)]
    [InlineData(OutcomeKind.Released)]
    public async Task Cursor_IsThereForTheNextRun(OutcomeKind kind)
    {
        await RegisterAsync();
        var job = await RunningAsync();
        Assert.Null(job.Cursor);
        Assert.True(await SaveCursorAsync(job, 1));
        Assert.True(await SaveCursorAsync(job, 2));
        await FinishAsync(job, kind);
        await ReopenAsync();

        Assert.Equal(2, (await ClaimOneAsync()).Cursor!.Value.GetProperty("row").GetInt32());
    }

    [Fact]
    public async Task Cursor_SurvivesTheDeathOfItsWorker_WhichCannotWriteItAnyMore()
    {
        await RegisterAsync("dead");
        var job = await RunningAsync(worker: "dead");
        Assert.True(await SaveCursorAsync(job, 7, "dead"));
        await AdvanceAsync(Moment);
        await Store.ReapAsync(Moment / 2, quarantineAfter: 3, CancellationToken.None);

        Assert.False(await SaveCursorAsync(job, 8, "dead"));

        await RegisterAsync();
        Assert.Equal(7, (await ClaimOneAsync()).Cursor!.Value.GetProperty("row").GetInt32());
    }

    [Fact]
    public async Task Cursor_EndsWithTheJob()
    {
        await RegisterAsync();
        var job = await RunningAsync();
        await SaveCursorAsync(job, 7);
        await FinishAsync(job, OutcomeKind.Failed);
        await Store.RetryAsync(job.Envelope.Id, CancellationToken.None);

        Assert.Null((await ClaimOneAsync()).Cursor);
    }

    [Fact]
    public async Task Log_KeepsTheLastLines_OverRuns_AndAfterTheEnd()
    {
        await RegisterAsync();
        var job = await RunningAsync();
        for (var line = 1; line <= JobLogLine.MostKept; line++)
            Assert.True(await WriteLogAsync(job, $"line {line}"));
        await FinishAsync(job, OutcomeKind.Retry);
        job = await ClaimOneAsync();
        await WriteLogAsync(job, "ünd \"last\"\n");
        await FinishAsync(job, OutcomeKind.Succeeded);
        await ReopenAsync();

        var log = await Store.ReadLogAsync(job.Envelope.Id, CancellationToken.None);

        Assert.Equal((JobLogLine.MostKept, "line 2", "ünd \"last\"\n"), (log.Count, log[0].Text, log[^1].Text));
        Assert.InRange(log[0].At, Now - TimeSpan.FromMinutes(5), Now);
        Assert.Equal(log.OrderBy(line => line.At).Select(line => line.Text), log.Select(line => line.Text));
    }

    [Fact]
    public async Task Log_OfAWorkerThatLostTheJob_IsRefused()
    {
        await RegisterAsync();
        var job = await RunningAsync();
        await FinishAsync(job, OutcomeKind.Released);

        Assert.False(await WriteLogAsync(job, "late"));

        Assert.Empty(await Store.ReadLogAsync(job.Envelope.Id, CancellationToken.None));
        Assert.Empty(await Store.ReadLogAsync(JobId.New(), CancellationToken.None));
    }

    [Fact]
    public async Task Log_GoesWithTheRecord()
    {
        await RegisterAsync();
        var job = await RunningAsync(Job(ttl: TimeSpan.FromSeconds(1)));
        await WriteLogAsync(job, "gone soon");
        await FinishAsync(job, OutcomeKind.Failed);
        Assert.Single(await Store.ReadLogAsync(job.Envelope.Id, CancellationToken.None));

        await AdvanceAsync(TimeSpan.FromSeconds(1.1));
        await Store.PruneAsync(10, CancellationToken.None);

        Assert.Empty(await Store.ReadLogAsync(job.Envelope.Id, CancellationToken.None));
    }

    Task<bool> SaveCursorAsync(ClaimedJob job, int row, string worker = "w1") =>
        Store.SaveCursorAsync(worker, job.Envelope.Id, job.Stamp, JsonSerializer.SerializeToElement(new { row }), CancellationToken.None);

    Task<bool> WriteLogAsync(ClaimedJob job, string text) => Store.WriteLogAsync("w1", job.Envelope.Id, job.Stamp, text, CancellationToken.None);
}
