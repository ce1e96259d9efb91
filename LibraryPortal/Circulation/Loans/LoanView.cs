using LibraryPortal.Domain;

namespace LibraryPortal.Circulation.Loans;

/// <summary>A current loan as its reader and the desk see it.</summary>
public sealed record LoanView
{
    public required Guid Id { get; init; }
    public required int TitleId { get; init; }
    public required string BookName { get; init; }
    public required IReadOnlyList<string> Authors { get; init; }

    /// <summary>The file of an uploaded cover; null for a drawn one.</summary>
    public required string? Cover { get; init; }

    public required string Barcode { get; init; }
    public required DateTimeOffset LentAt { get; init; }
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>How often it was renewed.</summary>
    public required int Renewals { get; init; }

    public required bool IsLost { get; init; }

    /// <summary>Past its date; never true of a lost one.</summary>
    public required bool IsOverdue { get; init; }

    /// <summary>Why it cannot be renewed now, and from when on it can; null when it can.</summary>
    public Refusal? RenewalRefusal { get; init; }

    /// <summary>Where a renewal today would move the date; null when it cannot be renewed.</summary>
    public DateTimeOffset? RenewedDueAt { get; init; }
}
