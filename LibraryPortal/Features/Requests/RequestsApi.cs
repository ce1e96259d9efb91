using LibraryPortal.Api;
using LibraryPortal.Circulation;
using LibraryPortal.Circulation.Loans;
using LibraryPortal.Circulation.Requests;
using LibraryPortal.Circulation.Story;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Requests;
using LibraryPortal.Identity;

namespace LibraryPortal.Features.Requests;

/// <summary>Requests for API clients: the calls of the classic tutorial, and what a reader may do with a request.</summary>
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
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status409Conflict);
        api.MapGet("/requests", ListAsync).WithSummary("The caller's own requests, newest first").Produces<RequestList>();

        var one = api.MapGroup("/requests/{id:guid}").ProducesProblem(StatusCodes.Status404NotFound);
        one.MapGet("", FindAsync).WithSummary("One of the caller's own requests; for a librarian, any").Produces<RequestItem>();
        one.MapGet("/story", StoryAsync).WithSummary("What happened to a request, as sentences").Produces<IReadOnlyList<StoryLine>>();
        var steps = one.MapGroup("").ProducesProblem(StatusCodes.Status409Conflict);
        steps.MapDelete("", CancelAsync).WithSummary("Cancel an own request that is not on loan").Produces<RequestChanged>();
        steps.MapPost("/cancel", CancelAsync).WithSummary("Cancel an own request that is not on loan").Produces<RequestChanged>();
        steps.MapPost("/undo-cancel", UndoAsync).WithSummary("Take a cancellation back, within ten minutes").Produces<RequestChanged>();
        steps.MapPost("/pause", PauseAsync).WithSummary("Let a request rest until a date; it keeps its place")
            .Produces<RequestChanged>().ProducesProblem(StatusCodes.Status400BadRequest);
        steps.MapPost("/resume", ResumeAsync).WithSummary("End a pause").Produces<RequestChanged>();
        steps.MapPut("/needed-until", NeedAsync).WithSummary("Say until when the book is needed; null: as long as requests are kept")
            .Produces<RequestChanged>().ProducesProblem(StatusCodes.Status400BadRequest);
        steps.MapPost("/renew", RenewAsync).WithSummary("Renew the loan of a request").Produces<LoanChanged>();
    }

    static async Task<IResult> RequestAsync(BookWanted body, HttpContext http, RequestByName request, CancellationToken cancellationToken)
    {
        var placed = await request.RunAsync(Caller.From(http.User), body.BookName, new RequestWish { NeededUntil = body.NeededUntil }, cancellationToken);
        return placed.ToHttp(done => TypedResults.Created($"/api/requests/{done.Id}", BookRequested.Of(done)));
    }

    static async Task<IResult> ListAsync(HttpContext http, ListMyRequests requests, CancellationToken cancellationToken, int page = 1, int size = DefaultSize)
    {
        if (page < 1 || size is < 1 or > MaxSize)
            return new Refusal(RefusalKind.Invalid, $"'page' is {page} and 'size' is {size}; expected a page of 1 or more and a size from 1 to {MaxSize}.").ToProblem();
        var list = await requests.RunAsync(Caller.From(http.User), RequestFilter.All, page, size, cancellationToken);
        return TypedResults.Ok(new RequestList([.. list.Items.Select(RequestItem.Of)], list.Total, list.Page, list.PageCount));
    }

    static async Task<IResult> FindAsync(Guid id, HttpContext http, ListMyRequests requests, CancellationToken cancellationToken) =>
        await requests.FindAsync(Caller.From(http.User), id, cancellationToken) is { } request
            ? TypedResults.Ok(RequestItem.Of(request))
            : CirculationRefusals.NoRequest.ToProblem();

    static async Task<IResult> StoryAsync(Guid id, HttpContext http, ReadStory story, CancellationToken cancellationToken) =>
        (await story.RunAsync(Caller.From(http.User), id, cancellationToken)).ToHttp(TypedResults.Ok);

    static async Task<IResult> CancelAsync(Guid id, HttpContext http, CancelRequest cancel, CancellationToken cancellationToken) =>
        Changed(await cancel.RunAsync(Caller.From(http.User), id, null, cancellationToken));

    static async Task<IResult> UndoAsync(Guid id, HttpContext http, UndoCancelRequest undo, CancellationToken cancellationToken) =>
        Changed(await undo.RunAsync(Caller.From(http.User), id, cancellationToken));

    static async Task<IResult> PauseAsync(Guid id, DateWanted body, HttpContext http, PauseRequest pause, CancellationToken cancellationToken) =>
        body.Until is { } until
            ? Changed(await pause.RunAsync(Caller.From(http.User), id, until, cancellationToken))
            : new Refusal(RefusalKind.Invalid, "'until' is missing: the last day of the pause, such as 2026-05-31.").ToProblem();

    static async Task<IResult> ResumeAsync(Guid id, HttpContext http, ResumeRequest resume, CancellationToken cancellationToken) =>
        Changed(await resume.RunAsync(Caller.From(http.User), id, cancellationToken));

    static async Task<IResult> NeedAsync(Guid id, DateWanted body, HttpContext http, ChangeNeededUntil need, CancellationToken cancellationToken) =>
        Changed(await need.RunAsync(Caller.From(http.User), id, body.Until, cancellationToken));

    static async Task<IResult> RenewAsync(Guid id, HttpContext http, ListMyRequests requests, RenewLoan renew, CancellationToken cancellationToken)
    {
        var caller = Caller.From(http.User);
        return await requests.FindAsync(caller, id, cancellationToken) switch
        {
            null => CirculationRefusals.NoRequest.ToProblem(),
            { LoanId: { } loan } => (await renew.RunAsync(caller, loan, null, cancellationToken)).ToHttp(done => TypedResults.Ok(LoanChanged.Of(done))),
            var request => new Refusal(RefusalKind.Conflict, $"{request.DisplayNumber} is {request.State.Words()}, so it cannot be renewed.", "request-state").ToProblem(),
        };
    }

    static IResult Changed(Outcome<RequestAnswer> outcome) => outcome.ToHttp(done => TypedResults.Ok(RequestChanged.Of(done)));

    sealed record BookWanted(string? BookName, DateOnly? NeededUntil);

    /// <param name="Until">A date, such as 2026-05-31.</param>
    sealed record DateWanted(DateOnly? Until);

    sealed record RequestList(IReadOnlyList<RequestItem> Requests, int Total, int Page, int Pages);
}
