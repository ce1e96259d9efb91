namespace LibraryPortal.Features.Desk;

/// <summary>A step a librarian can take about something on the desk.</summary>
/// <param name="Label">The words of its button: "Take it back".</param>
/// <param name="Barcode">The copy.</param>
public sealed record DeskStep(DeskStepKind Kind, string Label, string Barcode)
{
    /// <summary>The reader to lend to.</summary>
    public string? Patron { get; init; }

    /// <summary>The loan that is undone, or whose return is.</summary>
    public Guid Loan { get; init; }
}

/// <summary>The steps there are.</summary>
public enum DeskStepKind
{
    TakeBack,
    UndoLend,
    UndoReturn,
    LendAllTheSame,
    Found,
    BackFromRepair,
}
