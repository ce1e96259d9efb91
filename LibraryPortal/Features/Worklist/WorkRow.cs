using LibraryPortal.Domain.Requests;

namespace LibraryPortal.Features.Worklist;

/// <summary>A request as a librarian works on it.</summary>
public sealed record WorkRow
{
    public required Guid Id { get; init; }
    public required long Number { get; init; }
    public required string PatronId { get; init; }
    public required string PatronName { get; init; }
    public required string Category { get; init; }
    public required int? TitleId { get; init; }
    public required string BookName { get; init; }
    public required IReadOnlyList<string>? Authors { get; init; }

    /// <summary>The file of an uploaded cover; null for a drawn one.</summary>
    public required string? Cover { get; init; }

    public required RequestState State { get; init; }
    public required DateTimeOffset RequestedAt { get; init; }
    public required DateTimeOffset? CollectBy { get; init; }
    public required DateTimeOffset? ClosedAt { get; init; }
    public required DateOnly? PausedUntil { get; init; }
    public required DateOnly? NeededUntil { get; init; }

    /// <summary>Barcode of the copy set aside.</summary>
    public required string? Barcode { get; init; }

    public required string? Shelf { get; init; }

    /// <summary>Copies of the title neither lost nor withdrawn.</summary>
    public required int LendableCopies { get; init; }

    /// <summary>Copies of the title that stand on the shelf now.</summary>
    public required int FreeCopies { get; init; }

    /// <summary>Approved requests of the title that wait for a copy.</summary>
    public required int Waiting { get; init; }

    public string DisplayNumber => BookRequest.FormatNumber(Number);
}
