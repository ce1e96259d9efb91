using LibraryPortal.Data;
using LibraryPortal.Data.Search;
using LibraryPortal.Domain;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.Catalog.Search;

/// <summary>Finds titles by words, an ISBN, or nothing at all; narrows, sorts and counts them.</summary>
internal sealed class SearchCatalog(IDbContextFactory<PortalDbContext> databases, ITitleSearch search)
{
    /// <summary>Titles on a page.</summary>
    public const int PageSize = 24;

    /// <summary>The last page that can be reached: each costs what all before it cost, and nobody finds a book on page 40,000.</summary>
    public const int MostPages = 400;

    /// <summary>What to say of pages beyond <see cref="MostPages"/>.</summary>
    public static string PagesEnd => $"Pages end at {MostPages}. Narrow the search to see other books.";

    /// <summary>A page beyond the last means the last.</summary>
    public async Task<FoundTitles> RunAsync(CatalogQuery query, int size = PageSize, CancellationToken cancellationToken = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        query = query with { Page = Math.Min(query.Page, MostPages) };
        var answer = await search.SearchAsync(database, query.ToRequest(size), cancellationToken);
        var page = Paging.Clamp(query.Page, answer.Total, size);
        if (page != query.Page && answer.Total > 0)
            answer = await search.SearchAsync(database, (query with { Page = page }).ToRequest(size), cancellationToken);
        return new FoundTitles
        {
            Page = new Paged<FoundTitle>(await ReadAsync(database, answer.Ids, cancellationToken), answer.Total, page, size),
            IsTotalAtLeast = answer.IsTotalAtLeast,
            IsLoose = answer.IsLoose,
            Corrected = answer.Corrected,
            Suggested = answer.Suggested,
            Facets = answer.Facets,
            Available = answer.Available,
            IsAvailableAtLeast = answer.IsAvailableAtLeast,
        };
    }

    /// <summary>The same titles as they are now: a list somebody reads must not move, but what it says of each should be true.</summary>
    public async Task<FoundTitles> RefreshAsync(FoundTitles shown, CancellationToken cancellationToken = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var items = await ReadAsync(database, [.. shown.Page.Items.Select(title => title.Id)], cancellationToken);
        return shown with { Page = shown.Page with { Items = items } };
    }

    // A title removed since the search was made is left out.
    static async Task<IReadOnlyList<FoundTitle>> ReadAsync(PortalDbContext database, IReadOnlyList<int> ids, CancellationToken cancellationToken)
    {
        var rows = await FoundTitleQuery.Project(database, database.Titles.AsNoTracking().Where(title => ids.Contains(title.Id)))
            .ToDictionaryAsync(title => title.Id, cancellationToken);
        return [.. ids.Where(rows.ContainsKey).Select(id => rows[id])];
    }
}
