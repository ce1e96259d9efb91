using LibraryPortal.Jobs;

namespace LibraryPortal.Data.JobEffects;

/// <summary>Says that what a job had to write is written: kept in the transaction of the write itself, so that a run that comes again finds it.</summary>
public sealed class JobEffect
{
    public required JobId JobId { get; init; }

    /// <summary>When it was written.</summary>
    public required DateTimeOffset At { get; init; }
}
