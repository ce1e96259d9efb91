using System.Collections.Concurrent;
using LibraryPortal.Jobs.Stores;
using Microsoft.Extensions.Logging;

namespace LibraryPortal.Jobs.Worker;

/// <summary>Writes the latest progress of the running jobs, at most every 100 ms however often their handlers report.</summary>
/// <remarks>Started by <see cref="JobWorker"/>; reads what runs reported; idle while nobody reports; stops when asked. The latest goes with the outcome, too, whether it was written or not.</remarks>
internal sealed class ProgressFlusher(IJobStore store, TimeProvider clock, ILogger log) : WorkerLoop("progress", log)
{
    static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    readonly ConcurrentQueue<Run> _reported = new();
    readonly Pulse _pulse = new(clock);
    long _flushedAt;

    /// <summary>A run has progress to write.</summary>
    public void Add(Run run)
    {
        _reported.Enqueue(run);
        _pulse.Set();
    }

    protected override async Task RunOnceAsync(CancellationToken stop)
    {
        if (_reported.IsEmpty)
            await _pulse.WaitAsync(TimeSpan.FromHours(1), stop);
        var early = Interval - clock.GetElapsedTime(_flushedAt);
        if (_flushedAt != 0 && early > TimeSpan.Zero)
            await Task.Delay(early, clock, stop);
        _flushedAt = clock.GetTimestamp();
        await FlushAsync();
    }

    async Task FlushAsync()
    {
        Dictionary<string, List<(Run Run, ProgressReport Report)>> byWorker = [];
        while (_reported.TryDequeue(out var run))
        {
            if (run.TakeProgress() is not { } progress)
                continue;
            if (!byWorker.TryGetValue(run.Worker, out var reports))
                byWorker.Add(run.Worker, reports = []);
            reports.Add((run, new ProgressReport(run.Id, run.Job.Stamp, progress)));
        }

        foreach (var (worker, reports) in byWorker)
        {
            try
            {
                await store.ReportProgressAsync(worker, reports.ConvertAll(static pair => pair.Report), CancellationToken.None);
            }
            catch (JobStoreUnavailableException)
            {
                foreach (var (run, _) in reports)
                    run.RequestFlush();
            }
        }
    }
}
