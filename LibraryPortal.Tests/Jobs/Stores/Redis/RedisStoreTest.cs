using System.Text.Json;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Inspection;
using LibraryPortal.Jobs.Stores;

namespace LibraryPortal.Tests.Jobs.Stores.Redis;

/// <summary>Short words for what tests of the Redis store do again and again.</summary>
internal static class RedisStoreTest
{
    public static readonly Lane Lane = new("default", JobPriority.Normal);

    public static JobEnvelope Job(string name = "test.one", string? unique = null, TimeSpan? dueIn = null, TimeSpan? ttl = null, string? owner = null) => new()
    {
        Id = JobId.New(),
        Name = name,
        Queue = Lane.Queue,
        Priority = Lane.Priority,
        Args = JsonSerializer.SerializeToElement(new { number = 1 }),
        EnqueuedAt = DateTimeOffset.UnixEpoch,
        DueAt = dueIn is null ? null : TimeProvider.System.GetUtcNow() + dueIn,
        Retry = new RetryPolicy(3, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10)),
        UniqueKey = unique,
        Owner = owner,
        ResultTtl = ttl ?? TimeSpan.FromHours(1),
    };

    public static JobEnvelope[] Jobs(int count, TimeSpan? ttl = null) => [.. Enumerable.Range(0, count).Select(_ => Job(ttl: ttl))];

    public static Task<BeatReply> BeatAsync(this IJobStore store, string worker, bool isFirst = true, params string[] names) => store.BeatAsync(
        new WorkerBeat(worker, "host", 1, "1.0", 4, 1, [Lane.Queue], names, DateTimeOffset.UnixEpoch, isFirst), CancellationToken.None);

    public static Task<IReadOnlyList<EnqueueReceipt>> EnqueueAsync(this IJobStore store, params JobEnvelope[] jobs) => store.EnqueueAsync(jobs, CancellationToken.None);

    public static async Task<IReadOnlyList<ClaimedJob>> ClaimAsync(this IJobStore store, string worker, int count = 256) =>
        (await store.ClaimAsync(new ClaimRequest(worker, [Lane], count), CancellationToken.None)).Jobs;

    public static async Task<ClaimedJob> RunAsync(this IJobStore store, string worker, JobEnvelope job)
    {
        await store.EnqueueAsync(job);
        return Assert.Single(await store.ClaimAsync(worker));
    }

    public static Task<IReadOnlyList<bool>> FinishAsync(
        this IJobStore store, string worker, IEnumerable<ClaimedJob> jobs, OutcomeKind kind = OutcomeKind.Succeeded, TimeSpan retryIn = default) =>
        store.FinishAsync(worker, [.. jobs.Select(job => new JobOutcome(job, kind, RetryIn: retryIn))], CancellationToken.None);

    public static async Task<JobState?> StateAsync(this IJobStore store, JobId id) => (await store.FindAsync(id, CancellationToken.None))?.State;

    public static Task<JobCounts> CountAsync(this IJobStore store) => store.CountAsync(CancellationToken.None);
}
