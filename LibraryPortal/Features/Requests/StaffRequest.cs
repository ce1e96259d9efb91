using LibraryPortal.Domain.Requests;

namespace LibraryPortal.Features.Requests;

/// <summary>A request as a librarian sees it.</summary>
public sealed record StaffRequest
{
    public required Guid Id { get; init; }
    public required long Number { get; init; }
    public required string PatronName { get; init; }
    public required int? TitleId { get; init; }
    public required string BookName { get; init; }
    public required IReadOnlyList<string>? Authors { get; init; }
    public required RequestState State { get; init; }
    public required DateTimeOffset RequestedAt { get; init; }
    public required DateTimeOffset? ReadyAt { get; init; }
    public required DateTimeOffset? CollectBy { get; init; }
    public required DateTimeOffset? LentAt { get; init; }
    public required DateTimeOffset? DueAt { get; init; }

    /// <summary>Barcode of the copy set aside or lent.</summary>
    public required string? Barcode { get; init; }

    /// <summary>Copies of the title that stand on the shelf now.</summary>
    public required int FreeCopies { get; init; }

    /// <summary>Approved requests of the title that wait for a copy.</summary>
    public required int Waiting { get; init; }

    public string DisplayNumber => BookRequest.FormatNumber(Number);
}

/// <summary>One list of the desk, and how many requests each list has.</summary>
internal sealed record StaffRequestList(Domain.Paged<StaffRequest> Page, IReadOnlyDictionary<StaffTab, int> Counts);
