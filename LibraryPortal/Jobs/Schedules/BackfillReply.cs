namespace LibraryPortal.Jobs.Schedules;

/// <summary>What became of a backfill.</summary>
/// <param name="Due">Due times in the stretch.</param>
/// <param name="Fired">Jobs made.</param>
/// <param name="Waiting">Due times of the schedule that now wait for the run before them.</param>
public sealed record BackfillReply(int Due, int Fired, int Waiting);
