using LibraryPortal.Circulation;
using LibraryPortal.Data;
using LibraryPortal.Data.Search;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Identity;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.Collection;

/// <param name="Copies">All but withdrawn ones.</param>
internal sealed record CollectionRow(int Id, string Name, string? Subtitle, IReadOnlyList<string> Authors, int? Year, string? Isbn, int Copies, int Free);

/// <summary>The titles of the catalogue as librarians look through them: by words, by ISBN, or by the barcode of a copy.</summary>
internal sealed class ListCollection(IDbContextFactory<PortalDbContext> databases, ITitleSearch search)
{
    public const int PageSize = 25;

    public async Task<Outcome<Paged<CollectionRow>>> RunAsync(Caller caller, string? words, int page, CancellationToken cancellationToken = default)
    {
        if (CirculationRefusals.UnlessStaff(caller) is { } refusal)
            return refusal;
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        page = Math.Max(1, page);
        if (string.IsNullOrWhiteSpace(words))
        {
            var total = await database.Titles.CountAsync(cancellationToken);
            page = Paging.Clamp(page, total, PageSize);
            var all = await Rows(database, database.Titles.OrderBy(title => title.SortKey).ThenBy(title => title.Id).Skip((page - 1) * PageSize).Take(PageSize)).ToListAsync(cancellationToken);
            return new Paged<CollectionRow>(all, total, page, PageSize);
        }

        var barcode = words.Trim();
        var scanned = await database.Copies.Where(copy => copy.Barcode == barcode).Select(copy => copy.TitleId).ToListAsync(cancellationToken);
        if (scanned.Count > 0)
            return new Paged<CollectionRow>(await Rows(database, database.Titles.Where(title => scanned.Contains(title.Id))).ToListAsync(cancellationToken), scanned.Count, 1, PageSize);
        var found = await search.FindAsync(database, words, (page - 1) * PageSize, PageSize, cancellationToken);
        var ids = found.Ids.Take(PageSize).ToList();
        var rows = await Rows(database, database.Titles.Where(title => ids.Contains(title.Id))).ToListAsync(cancellationToken);
        return new Paged<CollectionRow>([.. rows.OrderBy(row => ids.IndexOf(row.Id))], found.Total, page, PageSize);
    }

    static IQueryable<CollectionRow> Rows(PortalDbContext database, IQueryable<Title> titles) => titles.AsNoTracking().Select(title => new CollectionRow(
        title.Id, title.Name, title.Subtitle, title.Authors, title.Year, title.Isbn13,
        database.Copies.Count(copy => copy.TitleId == title.Id && copy.State != CopyState.Withdrawn),
        database.Copies.Count(copy => copy.TitleId == title.Id && copy.State == CopyState.Available)));
}
