using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using LibraryPortal.Jobs.Diagnostics;

namespace LibraryPortal.Hosting.Bench;

/// <summary>Counts what the engine does: runs as their handlers begin, and completions as the store acknowledges them.</summary>
internal sealed class BenchTally : IDisposable
{
    readonly MeterListener _listener = new();
    readonly SemaphoreSlim _began = new(0);
    readonly ConcurrentQueue<double> _delays = new();
    long _runs;
    long _first;
    long _acknowledged;
    long _target = long.MaxValue;
    long _calls;
    long _carried;
    TaskCompletionSource _reached = new();

    public BenchTally()
    {
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument is { Meter.Name: JobMetrics.MeterName, Name: JobMetrics.AcknowledgedName or JobMetrics.BatchSizeName })
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((_, jobs, _, _) => Acknowledge(jobs));
        _listener.SetMeasurementEventCallback<int>((_, jobs, _, _) => Carry(jobs));
        _listener.Start();
    }

    /// <summary>Handlers begun since the last <see cref="Expect"/>.</summary>
    public long Runs => Interlocked.Read(ref _runs);

    /// <summary>When the first of them began, by the system's timestamp.</summary>
    public long FirstBegan => Interlocked.Read(ref _first);

    /// <summary>Starts over; the task ends once so many completions are acknowledged.</summary>
    public Task Expect(long jobs)
    {
        Interlocked.Exchange(ref _runs, 0);
        Interlocked.Exchange(ref _acknowledged, 0);
        _reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Interlocked.Exchange(ref _target, jobs);
        return _reached.Task;
    }

    /// <summary>Jobs in one call of the store on average since this was asked last, of those calls that carried any.</summary>
    public double TakeBatch() => Interlocked.Exchange(ref _carried, 0) / Math.Max(1.0, Interlocked.Exchange(ref _calls, 0));

    /// <param name="since">The moment, in ticks of UTC, from which its delay counts; null where nobody asks.</param>
    public void Began(long? since)
    {
        if (Interlocked.Increment(ref _runs) == 1)
            Interlocked.Exchange(ref _first, TimeProvider.System.GetTimestamp());
        if (since is not { } ticks)
            return;
        _delays.Enqueue((TimeProvider.System.GetUtcNow().UtcTicks - ticks) / (double)TimeSpan.TicksPerMillisecond);
        _began.Release();
    }

    /// <summary>The next handler that was asked for its delay began.</summary>
    public Task NextBeganAsync(CancellationToken cancellationToken) => _began.WaitAsync(cancellationToken);

    /// <summary>The delays so far, in ms; from then on they are collected anew.</summary>
    public double[] TakeDelays()
    {
        List<double> delays = new(_delays.Count);
        while (_delays.TryDequeue(out var delay))
            delays.Add(delay);
        while (_began.Wait(0))
        {
            // What was signalled belongs to what was taken.
        }

        return [.. delays];
    }

    public void Dispose()
    {
        _listener.Dispose();
        _began.Dispose();
    }

    void Carry(int jobs)
    {
        Interlocked.Increment(ref _calls);
        Interlocked.Add(ref _carried, jobs);
    }

    void Acknowledge(long jobs)
    {
        if (Interlocked.Add(ref _acknowledged, jobs) >= Interlocked.Read(ref _target))
            _reached.TrySetResult();
    }
}
