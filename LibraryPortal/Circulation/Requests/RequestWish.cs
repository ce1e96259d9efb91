namespace LibraryPortal.Circulation.Requests;

/// <summary>What may be said with a request beside the book.</summary>
public sealed record RequestWish
{
    /// <summary>For whom a librarian asks; null: for the caller.</summary>
    public string? PatronId { get; init; }

    /// <summary>The last day on which the reader has use for the book; null: as long as requests are kept.</summary>
    public DateOnly? NeededUntil { get; init; }

    /// <summary>Why a librarian sets the rules aside; null: they hold.</summary>
    public string? OverrideReason { get; init; }
}
