using LibraryPortal.Domain.Requests;

namespace LibraryPortal.Domain.Rules;

/// <summary>What the rules need to know of a request.</summary>
public sealed record RequestFacts
{
    /// <summary>As people read it: R-000042.</summary>
    public required string Number { get; init; }

    public required string BookName { get; init; }

    public required RequestState State { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The last day on which its reader has use for it; null: not told.</summary>
    public DateOnly? NeededUntil { get; init; }

    /// <summary>The last day of its pause; null when it does not rest.</summary>
    public DateOnly? PausedUntil { get; init; }

    /// <summary>Days for which it rested or will, the whole of a running pause counted.</summary>
    public int RestedDays { get; init; }

    /// <summary>Until when the set-aside copy waits; null when none is set aside.</summary>
    public DateTimeOffset? CollectBy { get; init; }

    /// <summary>When it ended; null while it has not.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>True when a librarian, not its owner, cancelled it.</summary>
    public bool IsCancelledByStaff { get; init; }

    /// <summary>Barcode of the copy set aside or lent; null when there is none.</summary>
    public string? Copy { get; init; }

    /// <summary>Number of the request that must be served before this one; null when this one is the first.</summary>
    public string? Earlier { get; init; }
}
