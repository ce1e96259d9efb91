namespace LibraryPortal.Jobs.Schedules;

/// <summary>What became of a backfill.</summary>
/// <param name="Due">Due times in the stretch.</param>
/// <param name="Fired">Jobs made.</param>
/// <param name="Waiting">Due times of the schedule that now wait for the run before them.</param>
/// <param name="IsCutShort">The schedule was deleted before all were fired: what was fired stands, and nothing waits.</param>
public sealed record BackfillReply(int Due, int Fired, int Waiting, bool IsCutShort = false);
