namespace LibraryPortal.Jobs.Events;

/// <summary>A hint that a job changed. Hints may be lost or repeated: whoever needs the truth reads it again.</summary>
/// <param name="State">The state it is in now.</param>
/// <param name="Progress">Set when the run reported progress.</param>
public sealed record JobEvent(JobId Id, string Name, JobState State, string? Owner, JobProgress? Progress);
