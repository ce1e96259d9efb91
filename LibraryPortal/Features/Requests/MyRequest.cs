using LibraryPortal.Domain.Requests;

namespace LibraryPortal.Features.Requests;

/// <summary>A request as its patron sees it.</summary>
public sealed record MyRequest
{
    public required Guid Id { get; init; }
    public required long Number { get; init; }
    public required int? TitleId { get; init; }
    public required string BookName { get; init; }
    public required IReadOnlyList<string>? Authors { get; init; }
    public required RequestState State { get; init; }
    public required DateTimeOffset RequestedAt { get; init; }
    public required DateTimeOffset? DecidedAt { get; init; }
    public required DateTimeOffset? CollectBy { get; init; }
    public required DateTimeOffset? CollectedAt { get; init; }
    public required DateTimeOffset? DueAt { get; init; }
    public required DateTimeOffset? ReturnedAt { get; init; }
    public required DateTimeOffset? ClosedAt { get; init; }
    public required string? DeclineReason { get; init; }

    /// <summary>1 is next. 0 when it does not wait for a copy.</summary>
    public required int QueuePosition { get; init; }

    public string DisplayNumber => BookRequest.FormatNumber(Number);
}
