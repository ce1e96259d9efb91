using LibraryPortal.Api;
using LibraryPortal.Circulation.Loans;
using LibraryPortal.Identity;

namespace LibraryPortal.Features.Requests;

/// <summary>A reader's current loans for API clients.</summary>
internal static class LoansApi
{
    public static void MapLoansApi(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapApiGroup("Loans").MapGroup("/loans");
        api.MapGet("", ListAsync).WithSummary("The caller's current loans, what is due first, each with why it cannot be renewed").Produces<IReadOnlyList<LoanItem>>();
        api.MapPost("/renew", RenewAllAsync).WithSummary("Renew whatever can be renewed").Produces<IReadOnlyList<RenewedItem>>();
        api.MapPost("/{id:guid}/renew", RenewAsync).WithSummary("Renew one loan").Produces<LoanChanged>()
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
    }

    static async Task<IResult> ListAsync(HttpContext http, ListLoans loans, CancellationToken cancellationToken) =>
        (await loans.RunAsync(Caller.From(http.User), null, cancellationToken)).ToHttp(found => TypedResults.Ok(found.Select(LoanItem.Of)));

    static async Task<IResult> RenewAllAsync(HttpContext http, RenewAllLoans renew, CancellationToken cancellationToken) =>
        TypedResults.Ok((await renew.RunAsync(Caller.From(http.User), null, cancellationToken)).Select(RenewedItem.Of));

    static async Task<IResult> RenewAsync(Guid id, HttpContext http, RenewLoan renew, CancellationToken cancellationToken) =>
        (await renew.RunAsync(Caller.From(http.User), id, null, cancellationToken)).ToHttp(done => TypedResults.Ok(LoanChanged.Of(done)));
}
