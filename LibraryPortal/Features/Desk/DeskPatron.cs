using LibraryPortal.Circulation.Loans;
using LibraryPortal.Circulation.Patrons;

namespace LibraryPortal.Features.Desk;

/// <summary>The reader whose turn it is.</summary>
public sealed record DeskPatron
{
    public required string UserId { get; init; }

    public required PatronStanding Standing { get; init; }

    public required IReadOnlyList<LoanView> Loans { get; init; }

    /// <summary>Copies that wait for them on the hold shelf.</summary>
    public required IReadOnlyList<ReadyCopy> Ready { get; init; }
}

/// <summary>A copy that waits on the hold shelf.</summary>
/// <param name="Number">R-000042.</param>
public sealed record ReadyCopy(string Number, string BookName, string Barcode, DateTimeOffset CollectBy);
