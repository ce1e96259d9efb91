using LibraryPortal.Domain.Requests;

namespace LibraryPortal.Features.Requests;

/// <summary>A request as its patron's program sees it.</summary>
/// <param name="Status">pending, approved or returned; for requests that ended otherwise, the state.</param>
/// <param name="PlaceOnceApproved">The place it would have in the queue if it were approved now; null when it is not to be decided, or a copy is free.</param>
internal sealed record RequestItem(
    Guid Id,
    string Number,
    string BookName,
    IReadOnlyList<string> Authors,
    int? TitleId,
    string Status,
    string State,
    DateTimeOffset RequestDate,
    DateTimeOffset? DecidedAt,
    DateTimeOffset? CollectBy,
    DateTimeOffset? CollectedAt,
    DateTimeOffset? DueAt,
    Guid? LoanId,
    DateTimeOffset? ReturnedAt,
    int? QueuePosition,
    int? PlaceOnceApproved,
    DateOnly? ExpectedOn,
    DateOnly? PausedUntil,
    DateOnly? NeededUntil,
    DateTimeOffset? UndoUntil,
    string? DeclineReason,
    string? CancelReason)
{
    public static RequestItem Of(MyRequest request) => new(
        request.Id, request.DisplayNumber, request.BookName, request.Authors ?? [], request.TitleId, request.State.ClassicWord() ?? RequestWords.State(request.State),
        RequestWords.State(request.State), request.RequestedAt, request.DecidedAt, request.CollectBy, request.CollectedAt, request.DueAt, request.LoanId,
        request.ReturnedAt, request.QueuePosition == 0 ? null : request.QueuePosition, request.PlaceOnceApproved, request.ExpectedOn, request.PausedUntil, request.NeededUntil,
        request.UndoUntil, request.DeclineReason, request.CancelReason);
}
