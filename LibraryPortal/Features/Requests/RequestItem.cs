using System.Text.Json.Serialization;
using LibraryPortal.Domain.Requests;

namespace LibraryPortal.Features.Requests;

/// <summary>A request as its patron's program sees it.</summary>
/// <param name="Status">pending, approved or returned; for requests that ended otherwise, the state.</param>
internal sealed record RequestItem(
    Guid Id,
    string Number,
    [property: JsonPropertyName("book_name")] string BookName,
    IReadOnlyList<string> Authors,
    [property: JsonPropertyName("title_id")] int? TitleId,
    string Status,
    string State,
    [property: JsonPropertyName("request_date")] DateTimeOffset RequestDate,
    [property: JsonPropertyName("decided_at")] DateTimeOffset? DecidedAt,
    [property: JsonPropertyName("collect_by")] DateTimeOffset? CollectBy,
    [property: JsonPropertyName("collected_at")] DateTimeOffset? CollectedAt,
    [property: JsonPropertyName("due_at")] DateTimeOffset? DueAt,
    [property: JsonPropertyName("loan_id")] Guid? LoanId,
    [property: JsonPropertyName("returned_at")] DateTimeOffset? ReturnedAt,
    [property: JsonPropertyName("queue_position")] int? QueuePosition,
    [property: JsonPropertyName("expected_on")] DateOnly? ExpectedOn,
    [property: JsonPropertyName("paused_until")] DateOnly? PausedUntil,
    [property: JsonPropertyName("needed_until")] DateOnly? NeededUntil,
    [property: JsonPropertyName("undo_until")] DateTimeOffset? UndoUntil,
    [property: JsonPropertyName("decline_reason")] string? DeclineReason,
    [property: JsonPropertyName("cancel_reason")] string? CancelReason)
{
    public static RequestItem Of(MyRequest request) => new(
        request.Id, request.DisplayNumber, request.BookName, request.Authors ?? [], request.TitleId, request.State.ClassicWord() ?? RequestWords.State(request.State),
        RequestWords.State(request.State), request.RequestedAt, request.DecidedAt, request.CollectBy, request.CollectedAt, request.DueAt, request.LoanId,
        request.ReturnedAt, request.QueuePosition == 0 ? null : request.QueuePosition, request.ExpectedOn, request.PausedUntil, request.NeededUntil,
        request.UndoUntil, request.DeclineReason, request.CancelReason);
}
