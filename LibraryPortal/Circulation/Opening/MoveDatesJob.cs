using LibraryPortal.Jobs;

namespace LibraryPortal.Circulation.Opening;

/// <summary>Move the promised dates that fall on a closed day.</summary>
internal sealed record MoveDates : IJobArgs<DatesMoved>;

/// <summary>Moves the dates after a change of the calendar. Killed at any moment and run again, it goes on near where it was; a date it had moved lies right and stays.</summary>
[Job(JobName, Queue = "library", MaxAttempts = 10)]
internal sealed class MoveDatesJob(MovePromisedDates move) : IJobHandler<MoveDates, DatesMoved>
{
    public const string JobName = "circulation.move-dates";

    public async Task<DatesMoved> RunAsync(MoveDates args, JobContext job)
    {
        var total = await move.CountAsync(job.CancellationToken);
        await move.RunAsync(job.Cursor<DatesRound>() ?? DatesRound.Begin, async round =>
        {
            await job.SaveCursorAsync(round);
            await job.ReportProgressAsync(Math.Min(round.Seen, total), total);
        }, job.CancellationToken);
        return await move.MovedSinceAsync(job.EnqueuedAt, job.CancellationToken);
    }
}
