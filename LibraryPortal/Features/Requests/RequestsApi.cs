using System.Text.Json.Serialization;
using LibraryPortal.Api;
using LibraryPortal.Circulation;
using LibraryPortal.Circulation.Requests;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Requests;
using LibraryPortal.Identity;

namespace LibraryPortal.Features.Requests;

/// <summary>Requests for API clients: the calls of the classic tutorial, and a little more.</summary>
internal static class RequestsApi
{
    const int DefaultSize = 50, MaxSize = 200;

    public static void MapRequestsApi(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapApiGroup("Requests");
        api.MapPost("/request-book", RequestAsync)
            .WithSummary("Ask for a book by its name or ISBN")
            .WithDescription("A title of the catalogue is recognised by its ISBN, its exact title, or \"title by author\"; anything else becomes a request for a book the library does not hold.")
            .Produces<BookRequested>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status409Conflict);
        api.MapGet("/requests", ListAsync)
            .WithSummary("The caller's own requests, newest first")
            .Produces<RequestList>();
        api.MapGet("/requests/{id:guid}", FindAsync)
            .WithSummary("One of the caller's own requests")
            .Produces<RequestItem>()
            .ProducesProblem(StatusCodes.Status404NotFound);
        api.MapDelete("/requests/{id:guid}", CancelAsync)
            .WithSummary("Cancel an own request that is not on loan")
            .Produces<RequestCancelled>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
    }

    static async Task<IResult> RequestAsync(BookWanted body, HttpContext http, RequestByName request, CancellationToken cancellationToken)
    {
        var placed = await request.RunAsync(Caller.From(http.User), body.BookName, cancellationToken: cancellationToken);
        return placed.ToHttp(done => TypedResults.Created($"/api/requests/{done.Id}",
            new BookRequested(done.Message, done.Id, done.DisplayNumber, done.State.ClassicWord(), StateWord(done.State), done.BookName, done.IsHeld)));
    }

    static async Task<IResult> ListAsync(HttpContext http, ListMyRequests requests, CancellationToken cancellationToken, int page = 1, int size = DefaultSize)
    {
        if (page < 1 || size is < 1 or > MaxSize)
            return new Refusal(RefusalKind.Invalid, $"'page' is {page} and 'size' is {size}; expected a page of 1 or more and a size from 1 to {MaxSize}.").ToProblem();
        var list = await requests.RunAsync(Caller.From(http.User), RequestFilter.All, page, size, cancellationToken);
        return TypedResults.Ok(new RequestList([.. list.Items.Select(Item)], list.Total, list.Page, list.PageCount));
    }

    static async Task<IResult> FindAsync(Guid id, HttpContext http, ListMyRequests requests, CancellationToken cancellationToken) =>
        await requests.FindAsync(Caller.From(http.User), id, cancellationToken) is { } request
            ? TypedResults.Ok(Item(request))
            : CirculationRefusals.NoRequest.ToProblem();

    static async Task<IResult> CancelAsync(Guid id, HttpContext http, CancelRequest cancel, CancellationToken cancellationToken)
    {
        var cancelled = await cancel.RunAsync(Caller.From(http.User), id, cancellationToken: cancellationToken);
        return cancelled.ToHttp(done => TypedResults.Ok(new RequestCancelled(done.Message, StateWord(done.State))));
    }

    static RequestItem Item(MyRequest request) => new(
        request.Id, request.DisplayNumber, request.BookName, request.Authors ?? [], request.TitleId, request.State.ClassicWord() ?? StateWord(request.State),
        StateWord(request.State), request.RequestedAt, request.DecidedAt, request.CollectBy, request.CollectedAt, request.DueAt, request.ReturnedAt,
        request.QueuePosition == 0 ? null : request.QueuePosition, request.DeclineReason);

    // The names of the states, as clients write such words: pickup_expired.
    static string StateWord(RequestState state) => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(state.ToString());

    sealed record BookWanted([property: JsonPropertyName("book_name")] string? BookName);

    sealed record BookRequested(
        string Msg,
        [property: JsonPropertyName("request_id")] Guid RequestId,
        string Number,
        string? Status,
        string State,
        [property: JsonPropertyName("book_name")] string BookName,
        [property: JsonPropertyName("in_catalogue")] bool InCatalogue);

    /// <param name="Status">pending, approved or returned; for requests that ended otherwise, the state.</param>
    sealed record RequestItem(
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
        [property: JsonPropertyName("returned_at")] DateTimeOffset? ReturnedAt,
        [property: JsonPropertyName("queue_position")] int? QueuePosition,
        [property: JsonPropertyName("decline_reason")] string? DeclineReason);

    sealed record RequestList(IReadOnlyList<RequestItem> Requests, int Total, int Page, int Pages);

    sealed record RequestCancelled(string Msg, string State);
}
