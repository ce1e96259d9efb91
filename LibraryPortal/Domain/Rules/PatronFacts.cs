using LibraryPortal.Domain.Policies;

namespace LibraryPortal.Domain.Rules;

/// <summary>What the rules need to know of a patron.</summary>
public sealed record PatronFacts
{
    /// <summary>As a librarian knows them.</summary>
    public required string Name { get; init; }

    public required LendingPolicy Policy { get; init; }

    /// <summary>False: the account was closed.</summary>
    public bool IsActive { get; init; } = true;

    /// <summary>Why a librarian has blocked them, as a sentence to the patron; null when nobody has.</summary>
    public string? BlockReason { get; init; }

    /// <summary>The last day of the block; null: until a librarian lifts it.</summary>
    public DateOnly? BlockedUntil { get; init; }

    /// <summary>Requests that wait, are paused or ready to collect.</summary>
    public int OpenRequests { get; init; }

    /// <summary>Requests placed since the library's day began, cancelled ones included.</summary>
    public int RequestsToday { get; init; }

    /// <summary>Copies the patron has.</summary>
    public int Loans { get; init; }

    /// <summary>Those of <see cref="Loans"/> that are past their date.</summary>
    public int Overdue { get; init; }
}
