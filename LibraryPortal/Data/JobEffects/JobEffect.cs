using LibraryPortal.Jobs;

namespace LibraryPortal.Data.JobEffects;

/// <summary>Says that what a job had to write is written: kept in the transaction of the write itself, so that a run that comes again finds it.</summary>
public sealed class JobEffect
{
    /// <summary>The <see cref="JobContext.WorkId"/> of the run that wrote: of most, the job's id.</summary>
    public required JobId JobId { get; init; }

    /// <summary>When it was written.</summary>
    public required DateTimeOffset At { get; init; }
}
