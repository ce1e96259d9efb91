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

    /// <summary>The file of an uploaded cover; null for a drawn one.</summary>
    public required string? Cover { get; init; }

    public required RequestState State { get; init; }
    public required DateTimeOffset RequestedAt { get; init; }
    public required DateTimeOffset? DecidedAt { get; init; }
    public required DateTimeOffset? CollectBy { get; init; }
    public required DateTimeOffset? CollectedAt { get; init; }
    public required DateTimeOffset? DueAt { get; init; }

    /// <summary>True while its copy is reported lost, and so due no more.</summary>
    public required bool IsLost { get; init; }

    /// <summary>The loan that fills it; null while there is none.</summary>
    public required Guid? LoanId { get; init; }

    public required DateTimeOffset? ReturnedAt { get; init; }
    public required DateTimeOffset? ClosedAt { get; init; }
    public required string? DeclineReason { get; init; }

    /// <summary>Why a librarian cancelled it.</summary>
    public required string? CancelReason { get; init; }

    /// <summary>The last day of its pause.</summary>
    public required DateOnly? PausedUntil { get; init; }

    /// <summary>The last day on which its reader has use for it; null: not told.</summary>
    public required DateOnly? NeededUntil { get; init; }

    /// <summary>1 is next. 0 when it does not wait for a copy.</summary>
    public required int QueuePosition { get; init; }

    /// <summary>The place it would have in the queue if it were approved now; null when it is not to be decided, or a copy is free.</summary>
    public required int? PlaceOnceApproved { get; init; }

    /// <summary>The day on which a copy can probably be collected; null when that cannot be said honestly.</summary>
    public DateOnly? ExpectedOn { get; init; }

    /// <summary>Until when its reader may take the cancellation back; null when not.</summary>
    public DateTimeOffset? UndoUntil { get; init; }

    public string DisplayNumber => BookRequest.FormatNumber(Number);
}
