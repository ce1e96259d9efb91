using LibraryPortal.Api;
using LibraryPortal.Circulation.Loans;
using LibraryPortal.Circulation.Patrons;
using LibraryPortal.Circulation.Requests;
using LibraryPortal.Domain;
using LibraryPortal.Identity;

namespace LibraryPortal.Features.Requests;

/// <summary>What a librarian does, for API clients such as a self-service desk. Where a problem says <c>may_override</c>, the call may be repeated with
/// <c>override_reason</c>; the reason is kept.</summary>
internal static class StaffApi
{
    public static void MapStaffApi(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapApiGroup("Staff").MapGroup("/staff")
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
        api.MapPost("/requests", PlaceAsync).WithSummary("Ask for a title on a reader's behalf").Produces<BookRequested>(StatusCodes.Status201Created);
        api.MapPost("/requests/{id:guid}/approve", ApproveAsync).WithSummary("Approve a request, with a copy of one's choice or any free one").Produces<RequestChanged>();
        api.MapPost("/requests/{id:guid}/decline", DeclineAsync).WithSummary("Decline a request with a reason").Produces<RequestChanged>();
        api.MapPost("/requests/{id:guid}/cancel", CancelAsync).WithSummary("Cancel a reader's request with a reason").Produces<RequestChanged>();
        api.MapPost("/requests/{id:guid}/lend", LendRequestAsync).WithSummary("Hand over the copy set aside for a request").Produces<LoanChanged>();
        api.MapPost("/requests/{id:guid}/return", ReturnRequestAsync).WithSummary("Take the copy of a request back").Produces<CopyReturned>();
        api.MapPost("/loans", LendAsync).WithSummary("Lend a copy to the reader with this card").Produces<LoanChanged>();
        api.MapPost("/loans/{id:guid}/renew", RenewAsync).WithSummary("Renew a loan").Produces<LoanChanged>();
        api.MapPost("/loans/{id:guid}/undo-return", UndoReturnAsync).WithSummary("Take a return back, within ten minutes").Produces<LoanChanged>();
        api.MapPost("/loans/{id:guid}/undo-lend", UndoLendAsync).WithSummary("Take a lending back, within ten minutes: it is as if it had not been").Produces<CopyReturned>();
        api.MapPost("/returns", ReturnAsync).WithSummary("Take a copy back").Produces<CopyReturned>();
    }

    static async Task<IResult> PlaceAsync(Placing body, HttpContext http, RequestTitle request, FindPatron patrons, CancellationToken cancellationToken)
    {
        var caller = Caller.From(http.User);
        var patron = await patrons.ByCardAsync(caller, body.Card, cancellationToken);
        if (!patron.IsAllowed)
            return patron.Refusal.ToProblem();
        var wish = new RequestWish { PatronId = patron.Value.UserId, NeededUntil = body.NeededUntil, OverrideReason = body.OverrideReason };
        return (await request.RunAsync(caller, body.TitleId, wish, cancellationToken)).ToHttp(done => TypedResults.Created($"/api/requests/{done.Id}", BookRequested.Of(done)));
    }

    static async Task<IResult> ApproveAsync(Guid id, Copying? body, HttpContext http, ApproveRequest approve, CancellationToken cancellationToken) =>
        (await approve.RunAsync(Caller.From(http.User), id, body?.Barcode, body?.OverrideReason, cancellationToken)).ToHttp(done => TypedResults.Ok(RequestChanged.Of(done)));

    static async Task<IResult> DeclineAsync(Guid id, Reasoning body, HttpContext http, DeclineRequest decline, CancellationToken cancellationToken) =>
        (await decline.RunAsync(Caller.From(http.User), id, body.Reason, cancellationToken)).ToHttp(done => TypedResults.Ok(RequestChanged.Of(done)));

    static async Task<IResult> CancelAsync(Guid id, Reasoning body, HttpContext http, CancelRequest cancel, CancellationToken cancellationToken)
    {
        var caller = Caller.From(http.User);
        return caller.IsLibrarian
            ? (await cancel.RunAsync(caller, id, body.Reason, cancellationToken)).ToHttp(done => TypedResults.Ok(RequestChanged.Of(done)))
            : Circulation.CirculationRefusals.UnlessStaff(caller)!.ToProblem();
    }

    static async Task<IResult> LendRequestAsync(Guid id, Copying? body, HttpContext http, LendRequest lend, CancellationToken cancellationToken) =>
        (await lend.RunAsync(Caller.From(http.User), id, body?.Barcode, body?.OverrideReason, cancellationToken)).ToHttp(done => TypedResults.Ok(LoanChanged.Of(done)));

    static async Task<IResult> ReturnRequestAsync(Guid id, HttpContext http, ReturnLoan back, CancellationToken cancellationToken) =>
        (await back.RunAsync(Caller.From(http.User), id, cancellationToken)).ToHttp(done => TypedResults.Ok(CopyReturned.Of(done)));

    static async Task<IResult> LendAsync(Lending body, HttpContext http, LendCopy lend, FindPatron patrons, CancellationToken cancellationToken)
    {
        var caller = Caller.From(http.User);
        var patron = await patrons.ByCardAsync(caller, body.Card, cancellationToken);
        return patron.IsAllowed
            ? (await lend.RunAsync(caller, patron.Value.UserId, body.Barcode, body.OverrideReason, cancellationToken)).ToHttp(done => TypedResults.Ok(LoanChanged.Of(done)))
            : patron.Refusal.ToProblem();
    }

    static async Task<IResult> RenewAsync(Guid id, Overriding? body, HttpContext http, RenewLoan renew, CancellationToken cancellationToken)
    {
        var caller = Caller.From(http.User);
        return caller.IsLibrarian
            ? (await renew.RunAsync(caller, id, body?.OverrideReason, cancellationToken)).ToHttp(done => TypedResults.Ok(LoanChanged.Of(done)))
            : Circulation.CirculationRefusals.UnlessStaff(caller)!.ToProblem();
    }

    static async Task<IResult> UndoReturnAsync(Guid id, HttpContext http, UndoReturn undo, CancellationToken cancellationToken) =>
        (await undo.RunAsync(Caller.From(http.User), id, cancellationToken)).ToHttp(done => TypedResults.Ok(LoanChanged.Of(done)));

    static async Task<IResult> UndoLendAsync(Guid id, HttpContext http, UndoLend undo, CancellationToken cancellationToken) =>
        (await undo.RunAsync(Caller.From(http.User), id, cancellationToken)).ToHttp(done => TypedResults.Ok(CopyReturned.Of(done)));

    static async Task<IResult> ReturnAsync(Copying body, HttpContext http, ReturnCopy back, CancellationToken cancellationToken) =>
        (await back.RunAsync(Caller.From(http.User), body.Barcode, cancellationToken)).ToHttp(done => TypedResults.Ok(CopyReturned.Of(done)));

    sealed record Placing(string? Card, int TitleId, DateOnly? NeededUntil, string? OverrideReason);

    sealed record Lending(string? Card, string? Barcode, string? OverrideReason);

    sealed record Copying(string? Barcode, string? OverrideReason);

    sealed record Overriding(string? OverrideReason);

    sealed record Reasoning(string? Reason);
}
