using System.Collections.Concurrent;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Events;
using LibraryPortal.Jobs.Stores;

namespace LibraryPortal.Tests.Jobs.Stores;

/// <summary>What a store tells without being asked: events, and wake-ups for idle workers.</summary>
public abstract partial class JobStoreTests
{
    [Fact]
    public async Task Events_TellEachStepOfAJob()
    {
        using var heard = new Heard(Store);
        await SubscribedAsync();
        await RegisterAsync();

        var job = await RunningAsync();
        await Store.ReportProgressAsync("w1", [new ProgressReport(job.Envelope.Id, job.Stamp, new JobProgress(1, 2, "half"))], CancellationToken.None);
        await FinishAsync(job, OutcomeKind.Succeeded);

        await heard.UntilAsync(job.Envelope.Id, JobState.Succeeded);
        Assert.Equal(
            [(JobState.Queued, null), (JobState.Running, null), (JobState.Running, 50), (JobState.Succeeded, (int?)null)],
            heard.Of(job.Envelope.Id).Select(told => (told.State, told.Progress?.Percent)));
        Assert.All(heard.Of(job.Envelope.Id), told => Assert.Equal(("test.one", "ana"), (told.Name, told.Owner)));
    }

    [Fact]
    public async Task Events_TellOfCancelAndRecovery()
    {
        using var heard = new Heard(Store);
        await SubscribedAsync();
        var cancelled = await EnqueueAsync(Job());
        await Store.CancelAsync(cancelled.Id, CancellationToken.None);
        await heard.UntilAsync(cancelled.Id, JobState.Cancelled);

        await RegisterAsync("dead");
        var job = await RunningAsync(worker: "dead");
        await AdvanceAsync(Moment);
        await Store.ReapAsync(Moment / 2, quarantineAfter: 1, CancellationToken.None);

        await heard.UntilAsync(job.Envelope.Id, JobState.Quarantined);
    }

    [Fact]
    public async Task Events_StopWithTheSubscription()
    {
        var heard = new Heard(Store);
        await SubscribedAsync();
        heard.Dispose();
        using var other = new Heard(Store);
        await SubscribedAsync();

        var job = await EnqueueAsync(Job());

        await other.UntilAsync(job.Id, JobState.Queued);
        Assert.Empty(heard.Of(job.Id));
    }

    [Fact]
    public async Task WakeUp_ComesWhenAJobArrivesForAnIdleWorker()
    {
        await RegisterAsync();
        using var wakes = new WakeUps(Store);
        await SubscribedAsync();
        await ClaimAsync();

        await EnqueueAsync(Job());

        await wakes.NextAsync(WakeUp.Work);
    }

    [Fact]
    public async Task WakeUp_ComesWhenAJobIsDueSoonerThanTheIdleWorkerWillLook()
    {
        await RegisterAsync();
        await EnqueueAsync(Job(dueIn: TimeSpan.FromHours(2)));
        using var wakes = new WakeUps(Store);
        await SubscribedAsync();
        await ClaimAsync();

        await EnqueueAsync(Job(dueIn: TimeSpan.FromHours(1)));

        await wakes.NextAsync(WakeUp.Work);
    }

    [Theory]
    [InlineData("release")]
    [InlineData("reap")]
    [InlineData("retry")]
    [InlineData("unpark")]
    public async Task WakeUp_ComesWhenAJobReturnsForAnIdleWorker(string how)
    {
        await RegisterAsync("w1");
        await RegisterAsync("idle");
        var job = await RunningAsync(Job(name: how == "unpark" ? "test.new" : "test.one"));
        if (how == "retry")
            await FinishAsync(job, OutcomeKind.Failed, error: "no");
        if (how == "unpark")
            await FinishAsync(job, OutcomeKind.Parked);
        using var wakes = new WakeUps(Store);
        await SubscribedAsync();
        await ClaimAsync("idle");

        await (how switch
        {
            "release" => FinishAsync(job, OutcomeKind.Released),
            "reap" => ReapFirstAsync(),
            "retry" => Store.RetryAsync(job.Envelope.Id, CancellationToken.None),
            _ => BeatAsync("idle", names: "test.new"),
        });

        await wakes.NextAsync(WakeUp.Work);

        async Task ReapFirstAsync()
        {
            await AdvanceAsync(Moment);
            await BeatAsync("idle");
            await Store.ReapAsync(Moment / 2, quarantineAfter: 3, CancellationToken.None);
        }
    }

    [Fact]
    public async Task WakeUp_ComesWhenARunningJobIsAskedToCancel()
    {
        await RegisterAsync();
        var job = await RunningAsync();
        using var wakes = new WakeUps(Store);
        await SubscribedAsync();

        await Store.CancelAsync(job.Envelope.Id, CancellationToken.None);

        await wakes.NextAsync(WakeUp.Command);
    }

    /// <summary>Returns once subscriptions made before are in force. A store whose subscriptions take a moment overrides it.</summary>
    protected virtual ValueTask SubscribedAsync() => ValueTask.CompletedTask;

    sealed class Heard : IDisposable
    {
        readonly ConcurrentQueue<JobEvent> _events = new();
        readonly SemaphoreSlim _arrived = new(0);
        readonly IDisposable _subscription;

        public Heard(IJobEvents source) => _subscription = source.Subscribe(batch =>
        {
            foreach (var one in batch)
                _events.Enqueue(one);
            _arrived.Release();
        });

        public IEnumerable<JobEvent> Of(JobId id) => _events.Where(one => one.Id == id);

        public async Task UntilAsync(JobId id, JobState state)
        {
            while (!Of(id).Any(one => one.State == state))
                Assert.True(await _arrived.WaitAsync(Soon), $"No event told that job {id} is {state}; heard {string.Join(", ", Of(id).Select(one => one.State))}.");
        }

        public void Dispose() => _subscription.Dispose();
    }

    sealed class WakeUps : IDisposable
    {
        readonly ConcurrentQueue<WakeUp> _wakes = new();
        readonly SemaphoreSlim _arrived = new(0);
        readonly IDisposable _subscription;

        public WakeUps(IJobStore store) => _subscription = store.SubscribeToWakeUps(why =>
        {
            _wakes.Enqueue(why);
            _arrived.Release();
        });

        public async Task NextAsync(WakeUp why)
        {
            while (!_wakes.Contains(why))
                Assert.True(await _arrived.WaitAsync(Soon), $"No wake-up for {why} came.");
        }

        public void Dispose() => _subscription.Dispose();
    }
}
