using System.Text.Json;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Stores;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Jobs.Stores;

/// <summary>Rows 5 to 8 and the fence: what a run's worker may say became of it.</summary>
public abstract partial class JobStoreTests
{
    [Fact]
    public async Task Finish_Succeeded_KeepsTheResult()
    {
        await RegisterAsync();
        var job = await RunningAsync();

        Assert.True(await FinishAsync(job, OutcomeKind.Succeeded, result: new { rows = 3, name = "ü" }));

        var record = await FindAsync(job);
        Assert.Equal((JobState.Succeeded, 1), (record.State, record.Attempt));
        Assert.Equal(3, record.Result!.Value.GetProperty("rows").GetInt32());
        Assert.Equal("ü", record.Result!.Value.GetProperty("name").GetString());
        Assert.NotNull(record.FinishedAt);
        Assert.NotNull(record.StartedAt);
        Assert.Equal("w1", record.Worker);
        Assert.True(record.IsFinal);
        Assert.Empty((await BeatAsync()).Owned);
    }

    [Fact]
    public async Task Finish_SucceededWithoutAResult_KeepsNone()
    {
        await RegisterAsync();
        var job = await RunningAsync();

        await FinishAsync(job, OutcomeKind.Succeeded);

        Assert.Null((await FindAsync(job)).Result);
    }

    [Fact]
    public async Task Finish_Retry_SpendsAnAttemptAndRests()
    {
        await RegisterAsync();
        var job = await RunningAsync();

        Assert.True(await FinishAsync(job, OutcomeKind.Retry, error: "IOException: disk", retryIn: Moment));

        var record = await FindAsync(job);
        Assert.Equal((JobState.Scheduled, 1, "IOException: disk"), (record.State, record.Attempt, record.Error));
        Assert.True(record.DueAt > Now);
        Assert.Empty(await ClaimAsync());
        await AdvanceAsync(Moment + TimeSpan.FromMilliseconds(20));
        var again = await ClaimOneAsync();
        Assert.Equal(2, again.Attempt);
        Assert.NotEqual(job.Stamp, again.Stamp);
    }

    [Fact]
    public async Task Finish_SucceededAfterARetry_CountsBothRunsAndKeepsTheError()
    {
        await RegisterAsync();
        var job = await RunningAsync();
        await FinishAsync(job, OutcomeKind.Retry, error: "no", retryIn: TimeSpan.Zero);
        await AdvanceAsync(TimeSpan.FromMilliseconds(5));
        var again = await ClaimOneAsync();

        await FinishAsync(again, OutcomeKind.Succeeded);

        var record = await FindAsync(again);
        Assert.Equal((JobState.Succeeded, 2, "no"), (record.State, record.Attempt, record.Error));
    }

    [Fact]
    public async Task Finish_Failed_KeepsTheError()
    {
        await RegisterAsync();
        var job = await RunningAsync();

        Assert.True(await FinishAsync(job, OutcomeKind.Failed, error: "gave up"));

        var record = await FindAsync(job);
        Assert.Equal((JobState.Failed, "gave up", 1), (record.State, record.Error, record.Attempt));
        Assert.NotNull(record.FinishedAt);
    }

    [Fact]
    public async Task Finish_Released_PutsTheJobFirstAgainWithoutSpendingAnAttempt()
    {
        await RegisterAsync();
        var job = await RunningAsync();
        var next = await EnqueueAsync(Job());

        Assert.True(await FinishAsync(job, OutcomeKind.Released));

        Assert.Equal((JobState.Queued, 0, 0), ((await FindAsync(job)).State, (await FindAsync(job)).Attempt, (await FindAsync(job)).Crashes));
        var again = await ClaimAsync();
        Assert.Equal([job.Envelope.Id, next.Id], Ids(again));
        Assert.Equal((1, 0), (again[0].Attempt, again[0].Crashes));
    }

    [Fact]
    public async Task Finish_ReleasedTogether_KeepsTheirOrder()
    {
        await RegisterAsync();
        await EnqueueManyAsync(Job(number: 1), Job(number: 2), Job(number: 3));
        var claimed = await ClaimAsync();
        await EnqueueAsync(Job(number: 4));

        await Store.FinishAsync("w1", [.. claimed.Select(job => new JobOutcome(job, OutcomeKind.Released))], CancellationToken.None);

        Assert.Equal(Ids(claimed), Ids(await ClaimAsync(count: 3)));
    }

    [Fact]
    public async Task Finish_Released_GoesBackToItsOwnLane()
    {
        await RegisterAsync();
        var job = await RunningAsync(Job(priority: JobPriority.Low));
        await EnqueueAsync(Job(priority: JobPriority.High));
        await FinishAsync(job, OutcomeKind.Released);

        Assert.Equal(job.Envelope.Id, (await ClaimAsync())[1].Envelope.Id);
    }

    [Fact]
    public async Task Finish_Parked_SetsTheJobAsideUntilAWorkerKnowsItsName()
    {
        await RegisterAsync("old", "test.one");
        var job = await RunningAsync(Job(name: "test.new"), worker: "old");

        Assert.True(await FinishAsync(job, OutcomeKind.Parked, worker: "old"));

        var record = await FindAsync(job);
        Assert.Equal((JobState.Queued, 0), (record.State, record.Attempt));
        Assert.Contains("test.new", record.HeldBack, StringComparison.Ordinal);
        await BeatAsync("old", names: "test.one");
        Assert.Empty(await ClaimAsync("old"));

        await RegisterAsync("new", "test.one", "test.new");
        var again = await ClaimOneAsync("new");
        Assert.Equal((job.Envelope.Id, 1), (again.Envelope.Id, again.Attempt));
        Assert.Null((await FindAsync(job)).HeldBack);
    }

    [Fact]
    public async Task Finish_ParkedAfterTheWorkerThatKnowsTheNameCame_IsReleasedByItsNextBeat()
    {
        await RegisterAsync("old", "test.one");
        var job = await RunningAsync(Job(name: "test.new"), worker: "old");
        await RegisterAsync("new", "test.new");
        await FinishAsync(job, OutcomeKind.Parked, worker: "old");

        await BeatAsync("new", names: "test.new");

        Assert.Equal(job.Envelope.Id, (await ClaimOneAsync("new")).Envelope.Id);
    }

    [Fact]
    public async Task Finish_Parked_AllAreReleasedByOneBeat_HoweverMany_InTheirOrder()
    {
        const int Many = 1_300;
        await RegisterAsync("old", "test.one");
        await EnqueueManyAsync([.. Enumerable.Range(0, Many).Select(number => Job(name: "test.new") with { Id = JobId.New(Now.AddMilliseconds(number)) })]);
        List<ClaimedJob> parked = [];
        while (await ClaimAsync("old", count: 256) is { Count: > 0 } some)
        {
            await Store.FinishAsync("old", [.. some.Select(static job => new JobOutcome(job, OutcomeKind.Parked))], CancellationToken.None);
            parked.AddRange(some);
        }

        await RegisterAsync("new", "test.new");

        await Eventually.HoldsAsync("all are released", async () => (await FindAsync(parked[0])).HeldBack is null && (await FindAsync(parked[^1])).HeldBack is null);
        List<ClaimedJob> released = [];
        while (await ClaimAsync("new", count: 256) is { Count: > 0 } some)
            released.AddRange(some);
        Assert.Equal(Ids(parked), Ids(released));
    }

    [Fact]
    public async Task Finish_SucceededWithNull_HasAResult()
    {
        await RegisterAsync();
        var job = await RunningAsync();

        await Store.FinishAsync("w1", [new JobOutcome(job, OutcomeKind.Succeeded, JsonSerializer.SerializeToElement<string?>(null))], CancellationToken.None);

        var record = await FindAsync(job);
        Assert.Null(record.ReadResult<string?>());
        // As the history keeps it.
        Assert.Null(JsonSerializer.Deserialize<JobRecord>(JsonSerializer.Serialize(record, JobJson.Options), JobJson.Options)!.ReadResult<string?>());
    }

    [Fact]
    public async Task Finish_Cancelled_EndsTheJob()
    {
        await RegisterAsync();
        var job = await RunningAsync();
        await Store.CancelAsync(job.Envelope.Id, CancellationToken.None);

        Assert.True(await FinishAsync(job, OutcomeKind.Cancelled));

        var record = await FindAsync(job);
        Assert.Equal((JobState.Cancelled, true), (record.State, record.CancelRequested));
        Assert.NotNull(record.FinishedAt);
    }

    [Theory]
    [InlineData(OutcomeKind.Retry)]
    [InlineData(OutcomeKind.Released)]
    [InlineData(OutcomeKind.Parked)]
    public async Task Finish_OfAJobAskedToCancel_CancelsInsteadOfRunningItAgain(OutcomeKind kind)
    {
        await RegisterAsync();
        var job = await RunningAsync();
        await Store.CancelAsync(job.Envelope.Id, CancellationToken.None);

        Assert.True(await FinishAsync(job, kind, error: kind == OutcomeKind.Retry ? "no" : null));

        await AssertStateAsync(JobState.Cancelled, job.Envelope.Id);
        Assert.Empty(await ClaimAsync());
    }

    [Fact]
    public async Task Finish_SucceededWinsOverACancelThatCameTooLate()
    {
        await RegisterAsync();
        var job = await RunningAsync();
        await Store.CancelAsync(job.Envelope.Id, CancellationToken.None);

        Assert.True(await FinishAsync(job, OutcomeKind.Succeeded, result: 1));

        await AssertStateAsync(JobState.Succeeded, job.Envelope.Id);
    }

    [Fact]
    public async Task Finish_WithTheLastProgress_KeepsIt()
    {
        await RegisterAsync();
        var job = await RunningAsync();

        await FinishAsync(job, OutcomeKind.Succeeded, progress: new JobProgress(10, 10, "done"));

        Assert.Equal(new JobProgress(10, 10, "done"), (await FindAsync(job)).Progress);
    }

    [Fact]
    public async Task Finish_RepeatedAfterALostReply_ChangesNothing()
    {
        await RegisterAsync();
        var job = await RunningAsync();
        await FinishAsync(job, OutcomeKind.Succeeded, result: "first");

        Assert.False(await FinishAsync(job, OutcomeKind.Failed, error: "second"));

        var record = await FindAsync(job);
        Assert.Equal((JobState.Succeeded, "first"), (record.State, record.ReadResult<string>()));
    }

    [Theory]
    [InlineData(OutcomeKind.Succeeded)]
    [InlineData(OutcomeKind.Retry)]
    [InlineData(OutcomeKind.Failed)]
    [InlineData(OutcomeKind.Cancelled)]
    [InlineData(OutcomeKind.Released)]
    [InlineData(OutcomeKind.Parked)]
    public async Task Finish_ByAWorkerThatDoesNotOwnTheJob_IsRefused(OutcomeKind kind)
    {
        await RegisterAsync("w1");
        await RegisterAsync("w2");
        var job = await RunningAsync(worker: "w1");

        Assert.False(await FinishAsync(job, kind, worker: "w2", error: "no"));

        var record = await FindAsync(job);
        Assert.Equal((JobState.Running, "w1"), (record.State, record.Worker));
        Assert.True(await FinishAsync(job, OutcomeKind.Succeeded, worker: "w1"));
    }

    [Theory]
    [InlineData(OutcomeKind.Succeeded)]
    [InlineData(OutcomeKind.Retry)]
    [InlineData(OutcomeKind.Released)]
    public async Task Finish_WithTheStampOfAnEarlierClaim_IsRefused(OutcomeKind kind)
    {
        await RegisterAsync();
        var first = await RunningAsync();
        await FinishAsync(first, OutcomeKind.Released);
        var second = await ClaimOneAsync();

        Assert.False(await FinishAsync(first, kind));

        await AssertStateAsync(JobState.Running, second.Envelope.Id);
        Assert.True(await FinishAsync(second, OutcomeKind.Succeeded));
    }

    [Fact]
    public async Task Finish_OfAMixedBatch_AnswersEachInOrder()
    {
        await RegisterAsync();
        await EnqueueManyAsync(Job(), Job(), Job(), Job());
        var jobs = await ClaimAsync();
        await FinishAsync(jobs[1], OutcomeKind.Succeeded);

        var accepted = await Store.FinishAsync(
            "w1",
            [
                new JobOutcome(jobs[0], OutcomeKind.Succeeded), new JobOutcome(jobs[1], OutcomeKind.Succeeded),
                new JobOutcome(jobs[2], OutcomeKind.Failed, Error: "no"), new JobOutcome(jobs[3], OutcomeKind.Released),
            ],
            CancellationToken.None);

        Assert.Equal([true, false, true, true], accepted);
    }

    [Fact]
    public async Task Finish_OfManySuccesses_EndsThoseThatAreStillItsOwnAndRefusesTheRest()
    {
        await RegisterAsync();
        await RegisterAsync("w2");
        await EnqueueManyAsync([.. Enumerable.Range(0, 12).Select(number => Job(number: number, ttl: TimeSpan.FromHours(number % 2 == 0 ? 1 : 2)))]);
        var jobs = await ClaimAsync(count: 12);
        await FinishAsync(jobs[3], OutcomeKind.Failed, error: "earlier");
        await FinishAsync(jobs[7], OutcomeKind.Released);
        var anew = await ClaimOneAsync("w2");

        var started = Now;
        var accepted = await Store.FinishAsync("w1", [.. jobs.Select(job => new JobOutcome(job, OutcomeKind.Succeeded) { StartedAt = started })], CancellationToken.None);

        Assert.Equal(jobs.Select((_, i) => i is not (3 or 7)), accepted);
        await AssertStateAsync(JobState.Failed, jobs[3].Envelope.Id);
        var moved = await FindAsync(anew);
        Assert.Equal((JobState.Running, "w2"), (moved.State, moved.Worker));
        var ended = await FindAsync(jobs[11]);
        Assert.Equal((JobState.Succeeded, 1, "w1"), (ended.State, ended.Attempt, ended.Worker));
        Assert.Equal(started.ToUnixTimeMilliseconds(), ended.StartedAt!.Value.ToUnixTimeMilliseconds());
        Assert.NotNull(ended.FinishedAt);
        Assert.Empty((await BeatAsync()).Owned);
        Assert.True(await FinishAsync(anew, OutcomeKind.Succeeded, "w2"));
    }

    [Fact]
    public async Task Progress_IsKeptAndShown()
    {
        await RegisterAsync();
        var job = await RunningAsync();

        await Store.ReportProgressAsync("w1", [new ProgressReport(job.Envelope.Id, job.Stamp, new JobProgress(3, 9, "Writing ü"))], CancellationToken.None);

        Assert.Equal(new JobProgress(3, 9, "Writing ü"), (await FindAsync(job)).Progress);
        Assert.Equal(33, (await FindAsync(job)).Progress!.Percent);
    }

    [Fact]
    public async Task Progress_OfAJobTheWorkerDoesNotOwn_IsDropped()
    {
        await RegisterAsync("w1");
        await RegisterAsync("w2");
        var job = await RunningAsync();

        await Store.ReportProgressAsync("w2", [new ProgressReport(job.Envelope.Id, job.Stamp, new JobProgress(1, 2, null))], CancellationToken.None);
        await Store.ReportProgressAsync("w1", [new ProgressReport(job.Envelope.Id, job.Stamp - 1, new JobProgress(1, 2, null))], CancellationToken.None);

        Assert.Null((await FindAsync(job)).Progress);
    }
}
