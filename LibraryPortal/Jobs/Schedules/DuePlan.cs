using LibraryPortal.Jobs.Stores;

namespace LibraryPortal.Jobs.Schedules;

/// <summary>Which due times to fire now, and how far the schedule has then come.</summary>
/// <param name="Fire">In their order.</param>
/// <param name="Cursor">Everything up to here is dealt with: fired, or passed over as missed.</param>
internal sealed record DuePlan(IReadOnlyList<DateTimeOffset> Fire, DateTimeOffset Cursor)
{
    /// <summary>At most so many jobs at once; the rest follows in the next plan.</summary>
    public const int BatchSize = 100;

    /// <param name="cursor">Up to where the schedule was dealt with before.</param>
    /// <param name="grace">A due time older than this was missed, not just late.</param>
    public static DuePlan Make(Timetable timetable, MissedRuns missed, DateTimeOffset cursor, DateTimeOffset now, TimeSpan grace)
    {
        // A clock set back: nothing before the cursor is due a second time, unless the cursor itself was never right.
        if (now <= cursor)
            return new DuePlan([], cursor - now > ScheduleClock.SetBack ? now : cursor);
        var late = now - grace > cursor ? now - grace : cursor;
        var fire = timetable.LatestBetween(cursor, late, missed.MadeUp).Concat(timetable.Between(late, now)).Take(BatchSize).ToList();
        return new DuePlan(fire, fire.Count == BatchSize ? fire[^1] : now);
    }
}
