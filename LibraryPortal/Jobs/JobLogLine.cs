namespace LibraryPortal.Jobs;

/// <summary>A line that a run left in its job's log.</summary>
/// <param name="At">When the store got it.</param>
public sealed record JobLogLine(DateTimeOffset At, string Text)
{
    /// <summary>Lines kept of a job; the oldest goes first.</summary>
    public const int MostKept = 200;

    /// <summary>Characters of a line; what is longer is cut.</summary>
    public const int LongestText = 1_000;
}
