namespace LibraryPortal.Jobs;

/// <summary>Kinds of states.</summary>
public static class JobStates
{
    /// <summary>True for a state that only a replay leaves.</summary>
    public static bool IsFinal(this JobState state) => state == JobState.Succeeded || state.IsDead();

    /// <summary>True for an end without success: failed, quarantined, cancelled or expired.</summary>
    public static bool IsDead(this JobState state) => state is JobState.Failed or JobState.Quarantined or JobState.Cancelled or JobState.Expired;
}
