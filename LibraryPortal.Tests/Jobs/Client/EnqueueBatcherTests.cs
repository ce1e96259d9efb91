using System.Text.Json;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Client;
using LibraryPortal.Jobs.Stores;
using NSubstitute;

namespace LibraryPortal.Tests.Jobs.Client;

public sealed class EnqueueBatcherTests
{
    readonly IJobStore _store = Substitute.For<IJobStore>();
    readonly List<int> _calls = [];
    readonly TaskCompletionSource _gate = new();

    public EnqueueBatcherTests() => _store.EnqueueAsync(default!, default).ReturnsForAnyArgs(async call =>
    {
        var jobs = call.Arg<IReadOnlyList<JobEnvelope>>();
        lock (_calls)
            _calls.Add(jobs.Count);
        await _gate.Task;
        return (IReadOnlyList<EnqueueReceipt>)[.. jobs.Select(job => new EnqueueReceipt(job.Id, IsNew: true))];
    });

    [Fact]
    public async Task Enqueue_ByManyAtOnce_SharesCallsOfAtMost256()
    {
        var batcher = new EnqueueBatcher(_store);
        var jobs = Enumerable.Range(0, 601).Select(_ => Job()).ToList();

        var waiting = jobs.ConvertAll(job => batcher.EnqueueAsync(job, CancellationToken.None));
        _gate.SetResult();
        var receipts = await Task.WhenAll(waiting);

        Assert.Equal(jobs.Select(job => job.Id), receipts.Select(receipt => receipt.Id));
        // The first went out at once, the others met while it was under way.
        Assert.Equal([1, 256, 256, 88], _calls);
    }

    [Fact]
    public async Task Enqueue_WhenTheStoreIsOut_TellsEveryCallerAndGoesOn()
    {
        var batcher = new EnqueueBatcher(_store);
        var waiting = Enumerable.Range(0, 3).Select(_ => batcher.EnqueueAsync(Job(), CancellationToken.None)).ToList();
        _gate.SetException(new JobStoreUnavailableException());

        foreach (var caller in waiting)
            await Assert.ThrowsAsync<JobStoreUnavailableException>(() => caller);

        _store.EnqueueAsync(default!, default).ReturnsForAnyArgs([new EnqueueReceipt(default, IsNew: true)]);
        Assert.True((await batcher.EnqueueAsync(Job(), CancellationToken.None)).IsNew);
    }

    [Fact]
    public async Task Enqueue_OfAJobThatIsRefused_TellsItsCallerAlone_WhoeverSharesTheCall()
    {
        var batcher = new EnqueueBatcher(_store);
        var taken = 0;
        _store.EnqueueAsync(default!, default).ReturnsForAnyArgs(async call =>
        {
            await _gate.Task;
            var jobs = call.Arg<IReadOnlyList<JobEnvelope>>();
            _calls.Add(jobs.Count);
            if (jobs.Any(job => job.Queue == "last"))
                throw new JobRefusedException("The queue 'last' cannot be added.");
            taken += jobs.Count;
            return (IReadOnlyList<EnqueueReceipt>)[.. jobs.Select(job => new EnqueueReceipt(job.Id, IsNew: true))];
        });
        var jobs = Enumerable.Range(0, 201).Select(number => Job() with { Queue = number is 70 or 71 ? "last" : "default" }).ToList();

        var waiting = jobs.ConvertAll(job => batcher.EnqueueAsync(job, CancellationToken.None));
        _gate.SetResult();

        foreach (var (job, answer) in jobs.Zip(waiting))
        {
            if (job.Queue == "last")
                Assert.Equal("The queue 'last' cannot be added.", (await Assert.ThrowsAsync<JobRefusedException>(() => answer)).Message);
            else
                Assert.Equal((job.Id, true), ((await answer).Id, (await answer).IsNew));
        }

        Assert.Equal(199, taken);
        // Found by halves, not one by one.
        Assert.InRange(_calls.Count, 2, 30);
    }

    [Fact]
    public async Task Enqueue_ByACallerWhoGivesUp_DoesNotTakeTheOthersDown()
    {
        var batcher = new EnqueueBatcher(_store);
        using var patience = new CancellationTokenSource();
        var impatient = batcher.EnqueueAsync(Job(), patience.Token);
        var patient = batcher.EnqueueAsync(Job(), CancellationToken.None);

        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        _gate.SetResult();

        Assert.True((await patient).IsNew);
    }

    static JobEnvelope Job() => new()
    {
        Id = JobId.New(), Name = "test.one", Queue = "default", Priority = JobPriority.Normal, Args = JsonSerializer.SerializeToElement(new { }),
        EnqueuedAt = default, Retry = default, ResultTtl = default,
    };
}
