using System.Text.Json;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Stores;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Jobs.Stores;

/// <summary>What every store must do: the state table of <c>Jobs/README.md</c>, row by row. A store's tests derive from it and say how a store is made.</summary>
public abstract partial class JobStoreTests : IAsyncLifetime
{
    /// <summary>Enough for anything that happens at once; only a failing test waits for it.</summary>
    protected static readonly TimeSpan Soon = Eventually.Deadline;

    /// <summary>A stretch that is long for a test and short for its author.</summary>
    protected static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(300);

    protected IJobStore Store { get; private set; } = null!;

    /// <summary>Opens the store of this test. Called again, after the first was disposed, it finds the same jobs.</summary>
    protected abstract ValueTask<IJobStore> OpenAsync();

    /// <summary>Lets this much time pass for the store: moves its clock, or waits.</summary>
    protected abstract ValueTask AdvanceAsync(TimeSpan time);

    /// <summary>The store's time.</summary>
    protected abstract DateTimeOffset Now { get; }

    /// <summary>The time by which the store dates what it keeps for the history.</summary>
    protected virtual DateTimeOffset NowOfEntries => Now;

    /// <summary>Makes what the store has of a job unreadable.</summary>
    /// <param name="outcomeToo">With what became of it, where it has ended.</param>
    protected abstract Task DamageAsync(JobId id, bool outcomeToo = false);

    /// <summary>Changes the form in which the store has a job that has not ended.</summary>
    protected abstract Task RewriteAsync(JobId id, Func<string, string> rewrite);

    public async ValueTask InitializeAsync() => Store = await OpenAsync();

    public virtual async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected async Task ReopenAsync()
    {
        await Store.DisposeAsync();
        Store = await OpenAsync();
    }

    protected JobEnvelope Job(
        string name = "test.one", string queue = "default", JobPriority priority = JobPriority.Normal, TimeSpan? dueIn = null, string? unique = null,
        TimeSpan? ttl = null, int number = 0)
    {
        var now = DateTimeOffset.FromUnixTimeMilliseconds(Now.ToUnixTimeMilliseconds());
        return new JobEnvelope
        {
            Id = JobId.New(),
            Name = name,
            Queue = queue,
            Priority = priority,
            Args = JsonSerializer.SerializeToElement(new { number, text = "ä\"\n" }),
            EnqueuedAt = now,
            DueAt = now + dueIn,
            Retry = new RetryPolicy(3, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10)),
            UniqueKey = unique,
            Owner = "ana",
            Tags = ["red"],
            ResultTtl = ttl ?? TimeSpan.FromHours(1),
        };
    }

    protected async Task<JobEnvelope> EnqueueAsync(JobEnvelope job)
    {
        await EnqueueManyAsync(job);
        return job;
    }

    protected Task<IReadOnlyList<EnqueueReceipt>> EnqueueManyAsync(params JobEnvelope[] jobs) => Store.EnqueueAsync(jobs, CancellationToken.None);

    protected async Task<string> RegisterAsync(string worker = "w1", params string[] names)
    {
        var reply = await BeatAsync(worker, isFirst: true, names);
        Assert.True(reply.IsKnown);
        return worker;
    }

    protected Task<BeatReply> BeatAsync(string worker = "w1", bool isFirst = false, params string[] names) => Store.BeatAsync(
        new WorkerBeat(worker, "host", 42, "1.0", 4, 1_000_000, ["default", "other"], names.Length == 0 ? ["test.one"] : names, Now, isFirst), CancellationToken.None);

    protected Task<ClaimReply> ClaimReplyAsync(string worker = "w1", int count = 10, string queue = "default") => Store.ClaimAsync(
        new ClaimRequest(worker, [.. Enum.GetValues<JobPriority>().Select(priority => new Lane(queue, priority))], count), CancellationToken.None);

    protected async Task<IReadOnlyList<ClaimedJob>> ClaimAsync(string worker = "w1", int count = 10, string queue = "default") =>
        (await ClaimReplyAsync(worker, count, queue)).Jobs;

    protected async Task<ClaimedJob> ClaimOneAsync(string worker = "w1") => Assert.Single(await ClaimAsync(worker));

    /// <summary>Enqueues a job and claims it for a worker registered before.</summary>
    protected async Task<ClaimedJob> RunningAsync(JobEnvelope? job = null, string worker = "w1")
    {
        await EnqueueAsync(job ?? Job());
        return await ClaimOneAsync(worker);
    }

    protected async Task<bool> FinishAsync(
        ClaimedJob job, OutcomeKind kind, string worker = "w1", object? result = null, string? error = null, TimeSpan retryIn = default, JobProgress? progress = null)
    {
        var outcome = new JobOutcome(job, kind, result is null ? null : JsonSerializer.SerializeToElement(result), error, retryIn) { StartedAt = Now, Progress = progress };
        return Assert.Single(await Store.FinishAsync(worker, [outcome], CancellationToken.None));
    }

    protected async Task<JobRecord> FindAsync(JobId id)
    {
        var record = await Store.FindAsync(id, CancellationToken.None);
        Assert.NotNull(record);
        return record;
    }

    protected Task<JobRecord> FindAsync(ClaimedJob job) => FindAsync(job.Envelope.Id);

    protected async Task AssertStateAsync(JobState expected, JobId id) => Assert.Equal(expected, (await FindAsync(id)).State);

    protected static JobId[] Ids(IEnumerable<ClaimedJob> jobs) => Ids(jobs.Select(job => job.Envelope));

    protected static JobId[] Ids(IEnumerable<JobEnvelope> jobs) => [.. jobs.Select(job => job.Id)];
}
