using LibraryPortal.Jobs.Client;
using LibraryPortal.Jobs.Diagnostics;
using LibraryPortal.Jobs.Flows;
using LibraryPortal.Jobs.Handlers;
using LibraryPortal.Jobs.History;
using LibraryPortal.Jobs.Stores;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LibraryPortal.Jobs.Worker;

/// <summary>Runs jobs in this process: puts the worker's actors together, starts them, and stops them in stages.</summary>
/// <remarks>Started and stopped by the host. Stages of the stop: no new claims; wait for running jobs; tell what still runs to stop; hand back what does not;
/// leave. A job is never lost on the way: what is not acknowledged stays this worker's and is recovered like a dead worker's.</remarks>
internal sealed class JobWorker : BackgroundService
{
    static readonly TimeSpan LastWords = TimeSpan.FromSeconds(3);

    readonly IJobStore _store;
    readonly JobsOptions _options;
    readonly TimeProvider _clock;
    readonly ILogger<JobWorker> _log;
    readonly IReadOnlyList<string> _queues;
    readonly WorkerIdentity _identity = new();
    readonly RunSet _runs = new();
    readonly Intake _intake;
    readonly Heart _heart;
    readonly Finisher _finisher;
    readonly ProgressFlusher _flusher;
    readonly Executor _executor;
    readonly CancellationTokenSource _claiming = new();
    readonly Canary _canary;
    readonly SlotGauges _gauges;
    readonly Func<Claimer> _newClaimer;
    // Put in place by the canary, read by the heart, by wake-ups and by the stop.
    volatile Claimer _claimer;
    volatile Task _claims = Task.CompletedTask;
    readonly Reaper _reaper;
    readonly Pruner _pruner;
    int _handedBack;

    public JobWorker(
        IJobStore store, JobRegistry registry, FlowResults flowResults, IServiceScopeFactory scopes, IOptions<JobsOptions> options, TimeProvider clock, Random random, ILogger<JobWorker> log,
        EnvelopeFactory envelopes, CanaryReport report, HistoryDrainer? history = null)
    {
        (_store, _options, _clock, _log) = (store, options.Value, clock, log);
        _queues = _options.Queues.Count > 0 ? [.. _options.Queues.Append(Canary.SharedQueue).Distinct()] : registry.Queues.Count > 0 ? [.. registry.Queues] : ["default"];
        _intake = new Intake(_options.Slots, _options.Prefetch, clock);
        var own = OwnQueue.New();
        _heart = new Heart(store, _identity, _runs, _options, [.. _queues, own], [.. registry.NamesAndVersions], clock, log)
        {
            Registered = OnRegistered,
            ClaimPendingSince = () => _claimer!.PendingSince,
        };
        var surprises = new Surprises(log);
        _finisher = new Finisher(store, _runs, clock, random, surprises, log) { Ended = history is null ? null : history.Wake };
        _flusher = new ProgressFlusher(store, clock, log);
        _executor = new Executor(_identity, _intake, _finisher, registry, flowResults, scopes, _options, clock, random, surprises, log);
        _newClaimer = () => new Claimer(store, _identity, _intake, _runs, _flusher, new RunNotes(store, _options.MaxPayloadBytes), new LaneOrder(_queues, _options.Priorities, own), _heart, _options, clock, random, log) { HandBack = HandBack };
        _claimer = _newClaimer();
        _canary = new Canary(store, envelopes, _identity, _runs, _finisher, report, own, _options, clock, log) { RestartConsumer = RestartConsumerAsync };
        _gauges = new SlotGauges(_intake, _options.Slots);
        _reaper = new Reaper(store, _heart, _options, clock, random, log);
        _pruner = new Pruner(store, clock, random, log);
    }

    /// <summary>The worker run it is now.</summary>
    public string Id => _identity.Id;

    public override void Dispose()
    {
        _heart.Dispose();
        _claiming.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var wakeUps = _store.SubscribeToWakeUps(OnWakeUp);
        using var chores = new CancellationTokenSource();
        using var finishing = new CancellationTokenSource();
        _heart.Start();
        _gauges.Show();
        var finisher = _finisher.RunAsync(finishing.Token);
        var slots = _executor.RunAsync();
        _claims = _claimer.RunAsync(_claiming.Token);
        var rest = Task.WhenAll(_flusher.RunAsync(chores.Token), _reaper.RunAsync(chores.Token), _pruner.RunAsync(chores.Token));
        var canary = _options.CanaryInterval > TimeSpan.Zero ? _canary.RunAsync(_claiming.Token) : Task.CompletedTask;

        await Task.Delay(Timeout.InfiniteTimeSpan, _clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        await _claiming.CancelAsync();
        await canary;
        // One that is wedged does not hold the others up.
        if (!await EndsWithinAsync(_claims, _options.Lease))
            _claimer.Retire();
        TakeBackWaiting();
        Log.WorkerStopping(_log, Id, _intake.Held, _options.ShutdownGrace);
        await WaitForSlotsAsync(slots);
        _finisher.Close();
        if (!await EndsWithinAsync(finisher, LastWords))
            await finishing.CancelAsync();
        await chores.CancelAsync();
        await rest;
        _gauges.Hide();
        _heart.Dispose();
        await LeaveAsync();
    }

    // The old loop ends with the call it hangs in, if that ever ends.
    async Task RestartConsumerAsync()
    {
        _claimer.Retire();
        if (_store is IReconnectingStore connected)
            await connected.ReconnectAsync();
        _claimer = _newClaimer();
        _claims = _claimer.RunAsync(_claiming.Token);
    }

    async Task WaitForSlotsAsync(Task slots)
    {
        if (await EndsWithinAsync(slots, _options.ShutdownGrace))
            return;
        _runs.StopAll(StopReasons.Shutdown);
        if (await EndsWithinAsync(slots, _options.StopPatience))
            return;
        HandBack(_runs.All.OrderBy(static run => run.Job.Stamp));
    }

    void TakeBackWaiting()
    {
        HandBack(_intake.TakeBack());
        _intake.Close();
    }

    void HandBack(IEnumerable<Run> runs)
    {
        List<(Run, JobOutcome)> unrun = [.. runs.Where(static run => run.TrySettle()).Select(static run => (run, new JobOutcome(run.Job, Canary.Unrun(run.Job.Envelope))))];
        Interlocked.Add(ref _handedBack, unrun.Count);
        _finisher.Add(unrun);
    }

    async Task LeaveAsync()
    {
        try
        {
            if (await EndsWithinAsync(_store.LeaveAsync(Id, CancellationToken.None), LastWords))
                Log.WorkerLeft(_log, Id, _handedBack);
        }
        catch (JobStoreUnavailableException)
        {
            // The others will find out by its silence.
        }
    }

    void OnRegistered()
    {
        Log.WorkerStarted(_log, Id, string.Join(", ", _queues), _options.Slots);
        _claimer.Wake();
    }

    void OnWakeUp(WakeUp why)
    {
        if (why is WakeUp.Command or WakeUp.Restored)
            _heart.Wake();
        if (why is WakeUp.Work or WakeUp.Restored)
            _claimer.Wake();
        if (why is WakeUp.Restored)
            _finisher.Wake();
    }

    async Task<bool> EndsWithinAsync(Task task, TimeSpan time)
    {
        try
        {
            await task.WaitAsync(time, _clock);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
