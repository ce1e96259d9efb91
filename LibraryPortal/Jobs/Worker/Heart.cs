using System.Reflection;
using LibraryPortal.Jobs.Diagnostics;
using LibraryPortal.Jobs.Stores;
using Microsoft.Extensions.Logging;

namespace LibraryPortal.Jobs.Worker;

/// <summary>Keeps the worker alive in the store's eyes, learns which of its jobs to cancel and which it has lost, and stops its handlers when the lease could
/// not be renewed.</summary>
/// <remarks>Started by <see cref="JobWorker"/>, on a thread of its own, so that a starved thread pool does not look like death. Reads and writes the store's
/// worker record and the runs' stop reasons. Stops when asked.</remarks>
internal sealed class Heart : IDisposable
{
    static readonly string Version = typeof(Heart).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    readonly IJobStore _store;
    readonly WorkerIdentity _identity;
    readonly RunSet _runs;
    readonly LostClaims _lostClaims;
    readonly JobsOptions _options;
    readonly IReadOnlyList<string> _queues;
    readonly IReadOnlyList<string> _names;
    readonly IReadOnlyDictionary<string, LimitRule> _limits;
    readonly TimeProvider _clock;
    readonly ILogger _log;
    readonly DateTimeOffset _startedAt;
    readonly ManualResetEventSlim _wake = new();
    readonly Thread _thread;
    volatile string? _reregister;
    volatile bool _stopping;
    bool _isFirst = true;
    bool _leaseLost;
    long _lastGood;
    long _reapFrom;

    public Heart(
        IJobStore store, WorkerIdentity identity, RunSet runs, JobsOptions options, IReadOnlyList<string> queues, IReadOnlyList<string> names,
        TimeProvider clock, ILogger log)
    {
        (_store, _identity, _runs, _options, _queues, _names, _clock, _log) = (store, identity, runs, options, queues, names, clock, log);
        _limits = options.Limits.AsReadOnly();
        _lostClaims = new LostClaims(store, runs, log);
        _startedAt = clock.GetUtcNow();
        _thread = new Thread(Loop) { IsBackground = true, Name = "job worker heart" };
    }

    /// <summary>Called on the heart's thread whenever the worker may claim anew.</summary>
    public required Action Registered { get; init; }

    /// <summary>When the claim now under way began; 0 when none is.</summary>
    public required Func<long> ClaimPendingSince { get; init; }

    /// <summary>False right after an outage, when silence does not mean death, and after a standstill of this process until it has beaten: whoever stood still beside it is as silent.</summary>
    public bool MayReap => _identity.MayClaim && _clock.GetTimestamp() is var now && now <= _identity.LeaseEnds && now >= Volatile.Read(ref _reapFrom);

    public void Start()
    {
        _lastGood = _clock.GetTimestamp();
        _thread.Start();
    }

    /// <summary>Beats now: a command waits, or the store is back.</summary>
    public void Wake() => _wake.Set();

    /// <summary>The store does not know this worker run: come back as another.</summary>
    public void Reregister(string worker)
    {
        _reregister = worker;
        _wake.Set();
    }

    public void Dispose()
    {
        if (_stopping)
            return;
        _stopping = true;
        _wake.Set();
        if (_thread.IsAlive)
            _thread.Join();
        _wake.Dispose();
    }

    void Loop()
    {
        while (!_stopping)
        {
            try
            {
                CheckLease();
                Beat();
                CheckLease();
            }
            catch (Exception error)
            {
                Log.PartFailed(_log, "heart", error);
            }

            _wake.Wait(Rest());
            _wake.Reset();
        }
    }

    void Beat()
    {
        if (_reregister is { } unknown)
        {
            _reregister = null;
            if (unknown == _identity.Id && !_isFirst)
                StartAnew();
        }

        var began = _clock.GetTimestamp();
        var reply = Ask();
        if (reply is null)
            return;
        if (reply.IsKnown)
        {
            Accept(reply, began);
            return;
        }

        StartAnew();
        _wake.Set();
    }

    /// <returns>Null when the store did not answer.</returns>
    BeatReply? Ask()
    {
        var beat = new WorkerBeat(
            _identity.Id, Environment.MachineName, Environment.ProcessId, Version, _options.Slots, Environment.WorkingSet, _queues, _names, _startedAt, _isFirst)
        {
            Limits = _limits,
        };
        var began = _clock.GetTimestamp();
        var asked = _store.BeatAsync(beat, CancellationToken.None);
        // Blocking is the point: this thread is the heart's own. The lease goes on ticking while the store is silent.
        while (Task.WaitAny([asked], Rest()) < 0)
        {
            CheckLease();
            if (_stopping || _clock.GetElapsedTime(began) > _options.Lease)
                return null;
        }

        try
        {
            return asked.GetAwaiter().GetResult();
        }
        catch (JobStoreUnavailableException)
        {
            return null;
        }
    }

    void Accept(BeatReply reply, long began)
    {
        if (_clock.GetElapsedTime(_lastGood, began) > _options.Lease)
            Volatile.Write(ref _reapFrom, began + (long)(_options.ReapAfter.TotalSeconds * _clock.TimestampFrequency));
        // Counted from when it was asked: the store may have renewed as early as that.
        (_lastGood, _isFirst) = (began, false);
        _identity.LeaseEnds = began + (long)(_options.Lease.TotalSeconds * _clock.TimestampFrequency);
        Reconcile(reply, began);
        // An answer that took as long as the lease renews nothing any more; the next one will.
        if (_clock.GetElapsedTime(began) > _options.Lease)
        {
            _wake.Set();
            return;
        }

        _leaseLost = false;
        if (_identity.MayClaim)
            return;
        _identity.MayClaim = true;
        Registered();
    }

    void Reconcile(BeatReply reply, long began)
    {
        var worker = _identity.Id;
        var owned = reply.Owned.ToHashSet();
        var cancel = reply.Cancel.ToHashSet();
        foreach (var run in _runs.All.Where(run => run.Worker == worker))
        {
            if (cancel.Contains(run.Id))
                run.Stop(StopReasons.Cancel);
            // A claim that came after the question was asked cannot be in the answer.
            if (run.ClaimedAt < began && !owned.Contains((run.Id, run.Job.Stamp)))
                run.Stop(StopReasons.Gone);
        }

        _lostClaims.Look(worker, reply.Owned, ClaimPendingSince(), began);
    }

    // Not beyond the lease, however it stands to the heartbeat: handlers are told to stop when it ends, not at some beat after it. A hair more, so that it has ended then.
    TimeSpan Rest()
    {
        if (_leaseLost)
            return _options.Heartbeat;
        var left = _options.Lease - _clock.GetElapsedTime(_lastGood) + TimeSpan.FromMilliseconds(1);
        return left < TimeSpan.Zero ? TimeSpan.Zero : left < _options.Heartbeat ? left : _options.Heartbeat;
    }

    void CheckLease()
    {
        var silent = _clock.GetElapsedTime(_lastGood);
        if (_leaseLost || silent <= _options.Lease)
            return;
        _leaseLost = true;
        _identity.MayClaim = false;
        var running = _runs.StopAll(StopReasons.LeaseExpired);
        if (!_isFirst)
            Log.LeaseLost(_log, _identity.Id, silent.TotalSeconds, running);
    }

    void StartAnew()
    {
        var old = _identity.Id;
        _identity.Renew();
        _isFirst = true;
        foreach (var run in _runs.All.Where(run => run.Worker == old))
            run.Stop(StopReasons.Gone);
        Log.WorkerReaped(_log, old, _identity.Id);
    }
}
