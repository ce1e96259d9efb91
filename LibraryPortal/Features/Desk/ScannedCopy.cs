using LibraryPortal.Domain.Catalog;

namespace LibraryPortal.Features.Desk;

/// <summary>A copy in a librarian's hand.</summary>
internal sealed record ScannedCopy
{
    public required string Barcode { get; init; }
    public required CopyState State { get; init; }
    public required string? Shelf { get; init; }
    public required string? Note { get; init; }
    public required int TitleId { get; init; }
    public required string BookName { get; init; }

    /// <summary>Who has it on loan.</summary>
    public required string? LoanPatronId { get; init; }

    public required string? LoanPatronName { get; init; }

    /// <summary>The request it is set aside for.</summary>
    public required long? KeptNumber { get; init; }

    public required string? KeptPatronId { get; init; }

    public required string? KeptPatronName { get; init; }
}
