using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Client;
using LibraryPortal.Jobs.Diagnostics;
using LibraryPortal.Jobs.Stores;
using LibraryPortal.Jobs.Worker;
using Microsoft.Extensions.Logging.Abstractions;

namespace LibraryPortal.Tests.Jobs.Engine;

/// <summary>A worker whose slots take nothing: it is registered, claims its songs, and tells outcomes as ever.</summary>
internal sealed class SlotlessWorker : IAsyncDisposable
{
    readonly CancellationTokenSource _stop = new();
    readonly WorkerIdentity _identity = new() { MayClaim = true };
    readonly RunSet _runs = new();
    readonly CanaryReport _report = new();
    readonly IJobStore _store;
    readonly ServiceProvider _services;
    readonly Finisher _finisher;
    readonly bool _handsBack;
    readonly Pulse _work = new(TimeProvider.System);
    readonly string _queue = OwnQueue.New();
    readonly IDisposable _wakeUps;
    readonly Task _singing;
    readonly Task _finishing;
    readonly Task _claiming;
    int _restarts;

    SlotlessWorker(IJobStore store, JobsOptions options, bool handsBack)
    {
        (_store, _handsBack) = (store, handsBack);
        _services = new ServiceCollection().AddLogging().AddSingleton(store).AddJobs().AddJobHandler<CanaryJob>().BuildServiceProvider();
        _finisher = new Finisher(store, _runs, TimeProvider.System, new Random(1), new Surprises(NullLogger.Instance), NullLogger.Instance);
        var canary = new Canary(store, _services.GetRequiredService<EnvelopeFactory>(), _identity, _runs, _finisher, _report, _queue, options, TimeProvider.System, NullLogger.Instance)
        {
            RestartConsumer = () => Task.FromResult(Interlocked.Increment(ref _restarts)),
        };
        _wakeUps = store.SubscribeToWakeUps(_ => _work.Set());
        _singing = canary.RunAsync(_stop.Token);
        _claiming = ClaimAsync();
        _finishing = _finisher.RunAsync(CancellationToken.None);
    }

    public string? Trouble => _report.Trouble;

    /// <summary>How often its consumer was to start anew.</summary>
    public int Restarts => Volatile.Read(ref _restarts);

    /// <param name="handsBack">Whether songs go back unrun, as from the claims of a loop that has no room; else they lie where they are.</param>
    public static async Task<SlotlessWorker> StartAsync(IJobStore store, JobsOptions options, bool handsBack)
    {
        var worker = new SlotlessWorker(store, options, handsBack);
        await store.BeatAsync(
            new WorkerBeat(worker._identity.Id, "host", 1, "1.0", options.Slots, 1, [worker._queue], [Canary.JobName], DateTimeOffset.UnixEpoch, IsFirst: true), CancellationToken.None);
        return worker;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _singing;
        await _claiming;
        _wakeUps.Dispose();
        _finisher.Close();
        await _finishing;
        _stop.Dispose();
        await _services.DisposeAsync();
    }

    async Task ClaimAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var reply = await _store.ClaimAsync(new ClaimRequest(_identity.Id, [new Lane(_queue, JobPriority.Critical)], 1), CancellationToken.None);
            foreach (var job in reply.Jobs)
            {
                var run = new Run(job, _identity.Id, new ProgressFlusher(_store, TimeProvider.System, NullLogger.Instance), claimedAt: 0);
                _runs.Add(run);
                if (_handsBack)
                    _finisher.Add(run, new JobOutcome(job, Canary.Unrun(job.Envelope)));
            }

            if (reply.Jobs.Count == 0)
                await _work.WaitAsync(TimeSpan.FromSeconds(1), _stop.Token);
        }
    }
}
