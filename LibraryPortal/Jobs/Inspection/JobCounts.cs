namespace LibraryPortal.Jobs.Inspection;

/// <summary>Jobs per state. Final states count the records still kept.</summary>
public sealed record JobCounts(IReadOnlyDictionary<JobState, long> ByState)
{
    public long this[JobState state] => ByState.GetValueOrDefault(state);
}
