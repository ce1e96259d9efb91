using LibraryPortal.Api;
using LibraryPortal.Domain;
using LibraryPortal.Identity;

namespace LibraryPortal.Features.Worklist;

/// <summary>The librarian's lists for API clients: what the page shows, by the same parameters.</summary>
internal static class WorklistApi
{
    static readonly string Tabs = string.Join(", ", Enum.GetValues<WorkTab>().Select(WorkWords.Slug));

    public static void MapWorklist(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapApiGroup("Staff").MapGet("/staff/requests", ListAsync)
            .WithSummary("The requests to work on")
            .WithDescription($"`tab` is one of {Tabs}.")
            .Produces<WorkRequestList>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status403Forbidden);

    static async Task<IResult> ListAsync(HttpContext http, ListWork work, CancellationToken cancellationToken, string? tab = null, int page = 1)
    {
        var list = WorkWords.FromSlug(tab);
        if (tab is not null && WorkWords.Slug(list) != tab)
            return new Refusal(RefusalKind.Invalid, $"'{tab}' is no list of requests; expected one of {Tabs}.").ToProblem();
        if (page < 1)
            return new Refusal(RefusalKind.Invalid, $"'page' is {page}; expected 1 or more.").ToProblem();
        return (await work.RunAsync(Caller.From(http.User), list, page, cancellationToken)).ToHttp(found => TypedResults.Ok(WorkRequestList.From(found)));
    }
}
