using System.Text.Json;

namespace LibraryPortal.Features.Worklist;

/// <summary>A page of requests to work on, as API clients get it.</summary>
internal sealed record WorkRequestList(IReadOnlyList<WorkRequestItem> Requests, int Total, int Page, int Pages)
{
    public static WorkRequestList From(WorkList list) =>
        new([.. list.Page.Items.Select(WorkRequestItem.From)], list.Page.Total, list.Page.Page, list.Page.PageCount);
}

/// <summary>A request as a librarian's program sees it.</summary>
/// <param name="TitleId">Null: the library does not hold the book.</param>
/// <param name="Barcode">The copy set aside; null while there is none.</param>
/// <param name="FreeCopies">Copies of the title that stand on the shelf.</param>
internal sealed record WorkRequestItem(
    Guid Id,
    string Number,
    string ReaderName,
    string Category,
    string BookName,
    int? TitleId,
    string State,
    DateTimeOffset RequestDate,
    DateTimeOffset? CollectBy,
    DateOnly? PausedUntil,
    DateOnly? NeededUntil,
    string? Barcode,
    int FreeCopies)
{
    public static WorkRequestItem From(WorkRow row) => new(
        row.Id, row.DisplayNumber, row.PatronName, row.Category, row.BookName, row.TitleId, JsonNamingPolicy.SnakeCaseLower.ConvertName(row.State.ToString()),
        row.RequestedAt, row.CollectBy, row.PausedUntil, row.NeededUntil, row.Barcode, row.FreeCopies);
}
