using LibraryPortal.Data;
using LibraryPortal.Data.Search;
using LibraryPortal.Domain;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.Catalog.Search;

/// <summary>Finds titles by words, an ISBN, or nothing at all: then all of them by name.</summary>
internal sealed class SearchCatalog(IDbContextFactory<PortalDbContext> databases, ITitleSearch search)
{
    /// <summary>Titles on a page.</summary>
    public const int PageSize = 24;

    /// <param name="page">The first is 1; beyond the last means the last.</param>
    public async Task<FoundTitles> RunAsync(string? text, int page, int size = PageSize, CancellationToken cancellationToken = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return string.IsNullOrWhiteSpace(text)
            ? await BrowseAsync(database, page, size, cancellationToken)
            : await FindAsync(database, text, page, size, cancellationToken);
    }

    static async Task<FoundTitles> BrowseAsync(PortalDbContext database, int page, int size, CancellationToken cancellationToken)
    {
        var total = await database.Titles.CountAsync(cancellationToken);
        page = Paging.Clamp(page, total, size);
        var titles = database.Titles.AsNoTracking().OrderBy(title => title.SortKey).ThenBy(title => title.Id).Skip((page - 1) * size).Take(size);
        return new FoundTitles(new Paged<FoundTitle>(await FoundTitleQuery.Project(database, titles).ToListAsync(cancellationToken), total, page, size), IsLoose: false);
    }

    async Task<FoundTitles> FindAsync(PortalDbContext database, string text, int page, int size, CancellationToken cancellationToken)
    {
        page = Math.Clamp(page, 1, int.MaxValue / size);
        var matches = await search.FindAsync(database, text, (page - 1) * size, size, cancellationToken);
        if (matches.Ids.Count == 0 && matches.Total > 0)
        {
            page = Paging.Clamp(page, matches.Total, size);
            matches = await search.FindAsync(database, text, (page - 1) * size, size, cancellationToken);
        }

        var rows = await FoundTitleQuery.Project(database, database.Titles.AsNoTracking().Where(title => matches.Ids.Contains(title.Id)))
            .ToDictionaryAsync(title => title.Id, cancellationToken);
        // A title removed since the search was made is left out.
        var items = matches.Ids.Where(rows.ContainsKey).Select(id => rows[id]).ToList();
        return new FoundTitles(new Paged<FoundTitle>(items, matches.Total, matches.Total == 0 ? 1 : page, size), matches.IsLoose);
    }
}
