using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Inspection;
using LibraryPortal.Jobs.Schedules;
using LibraryPortal.Jobs.Stores;

namespace LibraryPortal.Tests.Jobs.Stores;

/// <summary>What is left when all has ended and its time is over: only what was set for good.</summary>
public abstract partial class JobStoreTests
{
    /// <summary>What the store has, by the places it has it in, and does not let go by itself at some time.</summary>
    protected abstract Task<IReadOnlyList<string>> LeftForGoodAsync();

    /// <summary>Where it keeps itself, one limit that an operator has set, and one schedule.</summary>
    protected abstract string[] SetForGood { get; }

    [Fact]
    public async Task AllThatJobsLeave_IsGone_OnceTheirTimeIsOver()
    {
        await DeclareAsync("w1", new LimitRule(Running: 1));
        await SetLimitAsync("kept", new LimitRule(Starts: 1, Per: Moment));
        await SetLimitAsync("reset", new LimitRule(Running: 2, Starts: 9, Per: TimeSpan.FromHours(1)));
        await SaveAsync();
        await FireAsync(OverlapPolicy.Queue, Due(), Due());
        JobEnvelope[] jobs =
        [
            .. Three(() => Job() with { SerialKey = "account 7", KeepsHistory = true }), .. Three(() => Job() with { Limits = ["mail"] }),
            .. Three(() => Job() with { Limits = ["kept", "reset"] }), .. Three(() => Job(unique: $"{Guid.NewGuid()}", dueIn: Moment) with { KeepsHistory = true }),
            .. Three(() => Job(name: "test.unknown")), Job() with { SerialKey = "account 7", ExpiresAt = Now + Moment / 2 }, Job() with { SerialKey = "account 7" },
        ];
        await EnqueueManyAsync(jobs);
        await RegisterAsync("dead");
        Assert.NotEmpty(await ClaimAsync("dead", count: 2));

        await RunAllAsync();
        Assert.Equal(CancelReply.Cancelled, await Store.CancelAsync(jobs.First(job => job.Name == "test.unknown").Id, CancellationToken.None));
        await RegisterAsync("w2", "test.one", "test.unknown");
        foreach (var dead in (await Store.ListAsync(new JobQuery(JobState.Failed), CancellationToken.None)).Jobs.Take(2))
            Assert.Equal(RetryReply.Queued, await Store.RetryAsync(dead.Id, CancellationToken.None));
        await RunAllAsync("test.one", "test.unknown");
        JobState[] ends = [JobState.Succeeded, JobState.Failed, JobState.Cancelled, JobState.Expired];
        Assert.All((await Store.CountAsync(CancellationToken.None)).ByState, count => Assert.True(ends.Contains(count.Key) == count.Value > 0, $"{count}"));
        await CarryAllAsync();

        await AdvanceAsync(TimeSpan.FromDays(40));
        Assert.Empty(await ClaimAsync());
        await SetLimitAsync("reset", null);
        foreach (var worker in new[] { "w1", "w2" })
            await Store.LeaveAsync(worker, CancellationToken.None);
        while (await Store.PruneAsync(10, CancellationToken.None) > 0)
        {
        }

        Assert.Equal(SetForGood, (await LeftForGoodAsync()).Order(StringComparer.Ordinal));
        Assert.Equal(["kept"], (await Store.ListLimitsAsync(CancellationToken.None)).Select(limit => limit.Name));
    }

    // Each with a cursor, a log and its progress; the first run of each is tried again, and the ends of the second take turns.
    async Task RunAllAsync(params string[] names)
    {
        OutcomeKind[] ends = [OutcomeKind.Succeeded, OutcomeKind.Failed, OutcomeKind.Cancelled];
        HashSet<JobId> begun = [];
        var ended = 0;
        for (var turn = 0; turn < 40; turn++)
        {
            await AdvanceAsync(Moment);
            await BeatAsync(names: names);
            await Store.ReapAsync(Moment / 2, quarantineAfter: 3, CancellationToken.None);
            foreach (var job in await ClaimAsync())
            {
                await SaveCursorAsync(job, turn);
                await WriteLogAsync(job, "A line.");
                await Store.ReportProgressAsync("w1", [new ProgressReport(job.Envelope.Id, job.Stamp, new JobProgress(1, 2, "half"))], CancellationToken.None);
                var kind = names.Length == 0 && job.Envelope.Name == "test.unknown" ? OutcomeKind.Parked : begun.Add(job.Envelope.Id) ? OutcomeKind.Retry : ends[ended++ % ends.Length];
                await FinishAsync(job, kind);
            }

            if (await ScheduleAsync() is { Waiting: [var due, ..] })
                await FireHeadAsync(new DueJob(due, Job()));
        }
    }

    async Task CarryAllAsync()
    {
        while (await Feed.ReadEndedAsync("reader", 100, CancellationToken.None) is { Receipts.Count: > 0 } batch)
            await Feed.AcknowledgeEndedAsync(batch.Receipts, TimeSpan.FromHours(1), CancellationToken.None);
    }

    static IEnumerable<JobEnvelope> Three(Func<JobEnvelope> make) => Enumerable.Range(0, 3).Select(_ => make());
}
