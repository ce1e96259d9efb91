using LibraryPortal.Api;
using LibraryPortal.Data.Search;
using LibraryPortal.Domain;
using LibraryPortal.Features.Catalog.Search;
using Microsoft.Extensions.Primitives;

namespace LibraryPortal.Features.Catalog;

/// <summary>The catalogue for API clients: what the pages show, by the same parameters.</summary>
internal static class CatalogApi
{
    const int MaxSize = 100;

    static readonly string Sorts = string.Join(", ", Enum.GetNames<TitleSort>().Select(name => name.ToLowerInvariant()));

    public static void MapCatalogApi(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapApiGroup("Titles");
        api.MapGet("/titles", SearchAsync)
            .WithSummary("Search the catalogue")
            .WithDescription(
                "Takes the parameters of the catalogue page's address. `subject`, `author`, `decade` (its first year) and `language` may be given several times: of one kind any, of " +
                $"different kinds one each. `sort` is one of {Sorts}. Counts stop at 10,000; `total_is_at_least` and `is_at_least` tell when there are more. " +
                $"Pages end at {SearchCatalog.MostPages}.")
            .Produces<TitleList>()
            .ProducesProblem(StatusCodes.Status400BadRequest);
        api.MapGet("/titles/{id:int}", ViewAsync)
            .WithSummary("One title with its copies, its queue and titles like it")
            .Produces<TitleDetail>()
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    static async Task<IResult> SearchAsync(
        SearchCatalog search, CancellationToken cancellationToken,
        string? q = null, string[]? subject = null, string[]? author = null, string[]? decade = null, string[]? language = null,
        bool available = false, string? sort = null, bool exact = false, int page = 1, int size = SearchCatalog.PageSize)
    {
        if (page < 1 || size is < 1 or > MaxSize)
            return Invalid($"'page' is {page} and 'size' is {size}; expected a page of 1 or more and a size from 1 to {MaxSize}.");
        if (page > SearchCatalog.MostPages)
            return Invalid($"'page' is {page}. {SearchCatalog.PagesEnd}");
        if (!string.IsNullOrEmpty(sort) && !Enum.GetNames<TitleSort>().Contains(sort, StringComparer.OrdinalIgnoreCase))
            return Invalid($"'{sort}' is no order of titles; expected one of {Sorts}.");
        if (q?.Length > CatalogQuery.MaxWords)
            return Invalid($"'q' has {q.Length} characters; at most {CatalogQuery.MaxWords} are searched for.");
        var query = CatalogQuery.Read(name => name switch
        {
            "q" => q,
            "subject" => subject,
            "author" => author,
            "decade" => decade,
            "language" => language,
            "available" => available ? "1" : StringValues.Empty,
            "sort" => sort,
            "exact" => exact ? "1" : StringValues.Empty,
            _ => StringValues.Empty,
        }) with
        { Page = page };
        return TypedResults.Ok(TitleList.From(await search.RunAsync(query, size, cancellationToken)));
    }

    static async Task<IResult> ViewAsync(int id, ViewTitle view, CancellationToken cancellationToken) =>
        await view.RunAsync(id, cancellationToken) is { } title
            ? TypedResults.Ok(TitleDetail.From(title))
            : new Refusal(RefusalKind.NotFound, $"There is no title {id}.").ToProblem();

    static IResult Invalid(string message) => new Refusal(RefusalKind.Invalid, message).ToProblem();
}
