using System.Diagnostics.Metrics;

namespace LibraryPortal.Hosting.Bench;

/// <summary>Counts what the engine does: runs as their handlers begin, and completions as the store acknowledges them.</summary>
internal sealed class BenchTally : IDisposable
{
    readonly MeterListener _listener = new();
    readonly SemaphoreSlim _began = new(0);
    long _runs;
    long _acknowledged;
    long _target = long.MaxValue;
    TaskCompletionSource _reached = new();

    public BenchTally()
    {
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument is { Meter.Name: "LibraryPortal.Jobs", Name: "jobs.acknowledged" })
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((_, jobs, _, _) => Acknowledge(jobs));
        _listener.Start();
    }

    /// <summary>Handlers begun since the last <see cref="Expect"/>.</summary>
    public long Runs => Interlocked.Read(ref _runs);

    /// <summary>Moment, by the stopwatch, the last handler began while somebody waited for it.</summary>
    public long BeganAt { get; private set; }

    /// <summary>When set, each begin is timed and signalled; off while throughput is measured.</summary>
    public bool Timed { get; set; }

    /// <summary>Starts over; the task ends once so many completions are acknowledged.</summary>
    public Task Expect(long jobs)
    {
        Interlocked.Exchange(ref _runs, 0);
        Interlocked.Exchange(ref _acknowledged, 0);
        _reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Interlocked.Exchange(ref _target, jobs);
        return _reached.Task;
    }

    public void Began()
    {
        Interlocked.Increment(ref _runs);
        if (!Timed)
            return;
        BeganAt = TimeProvider.System.GetTimestamp();
        _began.Release();
    }

    public Task NextBeganAsync(CancellationToken cancellationToken) => _began.WaitAsync(cancellationToken);

    public void Dispose()
    {
        _listener.Dispose();
        _began.Dispose();
    }

    void Acknowledge(long jobs)
    {
        if (Interlocked.Add(ref _acknowledged, jobs) >= Interlocked.Read(ref _target))
            _reached.TrySetResult();
    }
}
