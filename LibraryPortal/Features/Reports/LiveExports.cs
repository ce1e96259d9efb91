using System.Collections.Concurrent;
using LibraryPortal.Domain;
using LibraryPortal.Identity;
using LibraryPortal.Jobs;
using LibraryPortal.Live;

namespace LibraryPortal.Features.Reports;

/// <summary>One page of a person's exports, kept true while a component shows it: rows are read again when they change, progress comes with the event.</summary>
internal sealed class LiveExports : IDisposable
{
    readonly ListMyExports _list;
    readonly Caller _caller;
    readonly int _size;
    readonly Func<Task> _render;
    readonly ConcurrentDictionary<JobId, JobProgress> _progress = new();
    readonly IDisposable? _progressSubscription;
    readonly LiveView? _view;

    /// <param name="board">Null where nothing changes any more: while a page is prerendered.</param>
    /// <param name="render">Draws the component, from any thread.</param>
    /// <param name="failed">Takes what a read threw.</param>
    public LiveExports(ListMyExports list, ILiveBoard? board, Caller caller, int size, Func<Task> render, Func<Exception, Task> failed)
    {
        (_list, _caller, _size, _render) = (list, caller, size, render);
        _progressSubscription = board?.Subscribe(caller.UserId, OnProgress);
        _view = board is null ? null : LiveView.ForUser(board, caller.UserId, Concerns, ReadAgainAsync, failed);
    }

    /// <summary>Null until it was read.</summary>
    public Paged<ExportView>? Page { get; private set; }

    public async Task ReadAsync(int page)
    {
        var read = await _list.RunAsync(_caller, page, _size);
        foreach (var gone in _progress.Keys.Except(read.Items.Where(view => view.Export.IsActive).Select(view => view.JobId)))
            _progress.TryRemove(gone, out _);
        Page = read;
    }

    /// <summary>The latest progress of a running export; null before its first report.</summary>
    public JobProgress? ProgressOf(ExportView view) => _progress.GetValueOrDefault(view.JobId) ?? view.Job?.Progress;

    public void Dispose()
    {
        _progressSubscription?.Dispose();
        _view?.Dispose();
    }

    async Task ReadAgainAsync()
    {
        await ReadAsync(Page?.Page ?? 1);
        await _render();
    }

    // A job that reports progress changes nothing in its row.
    static bool Concerns(LiveChange change) => change is ExportChanged || change is JobChanged { Name: ExportReportJob.JobName, Progress: null };

    void OnProgress(LiveChange change)
    {
        if (change is not JobChanged { Name: ExportReportJob.JobName, State: JobState.Running, Progress: { } progress } job)
            return;
        _progress[job.Id] = progress;
        _ = Task.Run(_render);
    }
}
