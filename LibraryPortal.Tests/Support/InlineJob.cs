using LibraryPortal.Jobs;

namespace LibraryPortal.Tests.Support;

/// <summary>The context of a job run in line by a test.</summary>
internal sealed class InlineJob : JobContext, IDisposable
{
    readonly CancellationTokenSource _cancel = new();

    public override JobId Id { get; } = JobId.New();

    public override int Attempt => 1;

    public override string? Owner => null;

    public override DateTimeOffset EnqueuedAt { get; } = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    public override CancellationToken CancellationToken => _cancel.Token;

    public override bool IsCancelRequested => _cancel.IsCancellationRequested;

    /// <summary>What was reported, in its order.</summary>
    public List<JobProgress> Progress { get; } = [];

    /// <summary>Runs inside each report: the place to look or to wait in the middle of a job.</summary>
    public Func<JobProgress, Task>? OnProgress { get; init; }

    /// <summary>What the job of a killed run had saved; given to the next run, it goes on from there.</summary>
    public string? SavedCursor { get; set; }

    public override TCursor? Cursor<TCursor>() where TCursor : default => SavedCursor is null ? default : System.Text.Json.JsonSerializer.Deserialize<TCursor>(SavedCursor, JobJson.Options);

    public override Task SaveCursorAsync<TCursor>(TCursor cursor)
    {
        SavedCursor = System.Text.Json.JsonSerializer.Serialize(cursor, JobJson.Options);
        return Task.CompletedTask;
    }

    public void Cancel() => _cancel.Cancel();

    public override async ValueTask ReportProgressAsync(long done, long total, string? message = null)
    {
        var progress = new JobProgress(done, total, message);
        Progress.Add(progress);
        if (OnProgress is not null)
            await OnProgress(progress);
    }

    public void Dispose() => _cancel.Dispose();
}
