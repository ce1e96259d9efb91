namespace LibraryPortal.Jobs.Stores.Redis.Records;

/// <summary>States as scripts write them.</summary>
internal static class RecordLetters
{
    /// <summary>Every job that has not ended; which of the states it is in, other keys tell.</summary>
    public const char Live = 'L';

    public static char Of(JobState state) => state switch
    {
        JobState.Waiting => 'A',
        JobState.Scheduled => 'D',
        JobState.Queued => 'W',
        JobState.Running => 'R',
        JobState.Succeeded => 'S',
        JobState.Failed => 'F',
        JobState.Cancelled => 'C',
        JobState.Expired => 'E',
        JobState.Quarantined => 'Q',
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "There is no letter for it."),
    };

    public static JobState Read(char letter) => letter switch
    {
        'A' => JobState.Waiting,
        'D' => JobState.Scheduled,
        'W' or Live => JobState.Queued,
        'R' => JobState.Running,
        'S' => JobState.Succeeded,
        'F' => JobState.Failed,
        'C' => JobState.Cancelled,
        'E' => JobState.Expired,
        'Q' => JobState.Quarantined,
        _ => throw new FormatException($"'{letter}' is no state of a job."),
    };
}
