using System.Text.Json;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Client;
using LibraryPortal.Jobs.Stores;
using NSubstitute;

namespace LibraryPortal.Tests.Jobs.Client;

public sealed class BulkEnqueueTests
{
    readonly IJobStore _store = Substitute.For<IJobStore>();
    readonly IJobClient _client = Substitute.For<IJobClient>();
    readonly List<(IReadOnlyList<JobEnvelope> Jobs, TaskCompletionSource<IReadOnlyList<EnqueueReceipt>> Answer)> _calls = [];

    public BulkEnqueueTests() => _store.EnqueueAsync(default!, default).ReturnsForAnyArgs(call =>
    {
        // Continuations run where the answer is given, so that the test needs no waiting.
        TaskCompletionSource<IReadOnlyList<EnqueueReceipt>> answer = new();
        _calls.Add((call.Arg<IReadOnlyList<JobEnvelope>>(), answer));
        return answer.Task;
    });

    [Fact]
    public async Task Send_FindsOutWithOneChunkAndThenKeepsFourUnderWay()
    {
        var jobs = Jobs(256 * 7);
        var sent = new BulkEnqueue(_store).SendAsync(jobs, _client, CancellationToken.None);

        Assert.Single(_calls);
        Accept(0);
        Assert.Equal(5, _calls.Count);
        // A later answer that comes early frees no place: order is kept.
        Accept(2);
        Assert.Equal(5, _calls.Count);
        Accept(1);
        Assert.Equal(7, _calls.Count);
        for (var i = 3; i < 7; i++)
            Accept(i);

        Assert.Equal(jobs.Select(job => job.Id), (await sent).Select(handle => handle.Id));
        Assert.Equal(jobs, _calls.SelectMany(call => call.Jobs));
    }

    [Fact]
    public async Task Send_OfLargeJobs_CutsByBytes()
    {
        _ = new BulkEnqueue(_store).SendAsync(Jobs(40, payload: 100_000), _client, CancellationToken.None);
        Accept(0);
        await Task.Yield();

        Assert.All(_calls, call => Assert.InRange(call.Jobs.Sum(job => BatchLimits.Weigh(job)), 1, BatchLimits.Bytes));
        Assert.Equal(10, _calls[0].Jobs.Count);
    }

    [Fact]
    public async Task Send_WhenOneChunkFails_SaysWhatWasAcceptedAndWhatNobodyKnows()
    {
        var sent = new BulkEnqueue(_store).SendAsync(Jobs(256 * 10), _client, CancellationToken.None);
        Accept(0);
        Accept(1);
        _calls[2].Answer.SetException(new JobStoreUnavailableException("Gone."));
        Accept(3);
        Accept(4);
        Accept(5);

        var interrupted = await Assert.ThrowsAsync<EnqueueInterruptedException>(() => sent);

        Assert.Equal(6, _calls.Count);
        Assert.Equal(new[] { 0, 1, 3, 4, 5 }.SelectMany(i => _calls[i].Jobs.Select(job => job.Id)), interrupted.Accepted.Select(handle => handle.Id));
        Assert.Equal(_calls[2].Jobs.Select(job => job.Id), interrupted.Unanswered);
        Assert.StartsWith("Gone.", interrupted.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_WhenTheJobsThemselvesThrow_LeavesNothingUnderWay()
    {
        static IEnumerable<JobEnvelope> Broken()
        {
            foreach (var job in Jobs(600))
                yield return job;
            throw new ArgumentException("A job of the caller's is wrong.");
        }

        var sent = new BulkEnqueue(_store).SendAsync(Broken(), _client, CancellationToken.None);
        Accept(0);
        Assert.False(sent.IsCompleted);
        Accept(1);

        await Assert.ThrowsAsync<ArgumentException>(() => sent);
    }

    [Fact]
    public async Task Send_WhenTheCallerGivesUp_WaitsForAllThatIsUnderWay()
    {
        var sent = new BulkEnqueue(_store).SendAsync(Jobs(256 * 10), _client, CancellationToken.None);
        Accept(0);
        _calls[1].Answer.SetCanceled();
        _calls[2].Answer.SetException(new JobStoreUnavailableException("Gone too."));
        Accept(3);
        Assert.False(sent.IsCompleted);
        Accept(4);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sent);

        Assert.Equal(5, _calls.Count);
    }

    void Accept(int call)
    {
        var (jobs, answer) = _calls[call];
        answer.SetResult([.. jobs.Select(job => new EnqueueReceipt(job.Id, IsNew: true))]);
    }

    static JobEnvelope[] Jobs(int count, int payload = 1) => [.. Enumerable.Range(0, count).Select(_ => new JobEnvelope
    {
        Id = JobId.New(), Name = "test.one", Queue = "default", Priority = JobPriority.Normal, Args = JsonSerializer.SerializeToElement(new { text = new string('x', payload) }),
        EnqueuedAt = default, Retry = default, ResultTtl = default,
    })];
}
