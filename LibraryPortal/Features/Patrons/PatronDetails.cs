using LibraryPortal.Circulation.Loans;
using LibraryPortal.Circulation.Patrons;
using LibraryPortal.Domain.Patrons;
using LibraryPortal.Domain.Requests;

namespace LibraryPortal.Features.Patrons;

/// <summary>All that the library knows of one reader.</summary>
public sealed record PatronDetails
{
    public required PatronProfile Profile { get; init; }

    /// <summary>Null: no e-mail, so nobody can sign in; the reader has a card only.</summary>
    public required string? Email { get; init; }

    /// <summary>Whether a password was chosen.</summary>
    public required bool HasPassword { get; init; }

    /// <summary>The librarian who set the block.</summary>
    public required string? BlockedBy { get; init; }

    public required PatronStanding Standing { get; init; }

    public required IReadOnlyList<LoanView> Loans { get; init; }

    /// <summary>Open ones, then those that ended lately.</summary>
    public required IReadOnlyList<PatronRequest> Requests { get; init; }

    /// <summary>Loans that are over, the latest first; empty unless the reader keeps the history.</summary>
    public required IReadOnlyList<PatronPastLoan> Past { get; init; }
}

/// <summary>A request on the page of its reader.</summary>
public sealed record PatronRequest(Guid Id, long Number, int? TitleId, string BookName, RequestState State, DateTimeOffset RequestedAt, DateTimeOffset? CollectBy, DateTimeOffset? ClosedAt)
{
    public string DisplayNumber => BookRequest.FormatNumber(Number);
}

/// <summary>A loan that is over.</summary>
public sealed record PatronPastLoan(Guid Id, int TitleId, string BookName, string Barcode, DateTimeOffset LentAt, DateTimeOffset ReturnedAt);
