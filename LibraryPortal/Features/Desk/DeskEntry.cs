namespace LibraryPortal.Features.Desk;

/// <summary>One line of what was done at this desk since the page was opened.</summary>
public sealed class DeskEntry(int number, DeskAnswer answer, DateTimeOffset at)
{
    /// <summary>Grows with each line.</summary>
    public int Number => number;

    public DeskAnswer Answer => answer;

    public DateTimeOffset At => at;

    /// <summary>Its step was taken, or it was undone: it cannot be again.</summary>
    public bool IsSettled { get; set; }
}
