namespace LibraryPortal.Jobs.Schedules;

/// <summary>What one look at the schedules came to.</summary>
/// <param name="Fired">Jobs made.</param>
/// <param name="PassedOver">Due times that came to nothing because a run had not ended.</param>
/// <param name="Settled">Schedules moved on by this scheduler or, since it looked, by another.</param>
/// <param name="Unusable">Schedules it could not work with.</param>
/// <param name="Next">How long until the next look is due; null when none is.</param>
/// <param name="SomeWait">Whether some due time waits for a run to end.</param>
internal readonly record struct SchedulerTurn(int Fired, int PassedOver, int Settled, int Unusable, TimeSpan? Next, bool SomeWait);
