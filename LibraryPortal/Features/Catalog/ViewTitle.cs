using LibraryPortal.Circulation.Requests;
using LibraryPortal.Data;
using LibraryPortal.Data.Search;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Domain.Requests;
using LibraryPortal.Features.Catalog.Search;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.Catalog;

/// <summary>Reads one title with its copies, its queue and titles like it. Who has a copy is nobody's business here.</summary>
internal sealed class ViewTitle(IDbContextFactory<PortalDbContext> databases, ITitleSearch search, ExpectReady expect)
{
    /// <summary>Titles like it.</summary>
    const int Similar = 10;

    /// <returns>Null: there is no such title.</returns>
    public async Task<TitleView?> RunAsync(int id, CancellationToken cancellationToken = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        if (await database.Titles.AsNoTracking().SingleOrDefaultAsync(title => title.Id == id, cancellationToken) is not { } title)
            return null;
        var copies = await (
            from copy in database.Copies.AsNoTracking()
            where copy.TitleId == id && copy.State != CopyState.Withdrawn
            join loan in database.Loans.Where(loan => loan.ReturnedAt == null) on copy.Id equals loan.CopyId into loans
            from loan in loans.DefaultIfEmpty()
            orderby copy.Barcode
            select new CopyView(copy.Barcode, copy.Shelf, copy.State, loan == null || copy.State != CopyState.OnLoan ? null : loan.DueAt)).ToListAsync(cancellationToken);
        var wanted = await database.Requests.CountAsync(
            request => request.TitleId == id && (request.State == RequestState.Pending || request.State == RequestState.Queued), cancellationToken);
        return new TitleView
        {
            Id = title.Id,
            Name = title.Name,
            Subtitle = title.Subtitle,
            OriginalName = title.OriginalName,
            Series = title.Details.AllSeries(),
            Authors = title.Authors,
            Year = title.Year,
            Language = title.Language,
            Isbn10 = title.Isbn10,
            Isbn13 = title.Isbn13,
            FurtherIsbns = title.FurtherIsbns,
            Subjects = title.Subjects,
            Description = title.Description,
            Imprint = TitleImprint.Of(title),
            Cover = await database.Covers.Where(cover => cover.TitleId == id).Select(cover => cover.File).SingleOrDefaultAsync(cancellationToken),
            Copies = copies,
            Wanted = wanted,
            Expected = copies.Exists(copy => copy.State == CopyState.Available) ? null : await expect.RunAsync(database, id, position: null, cancellationToken),
            Similar = await SimilarAsync(database, id, cancellationToken),
        };
    }

    async Task<IReadOnlyList<FoundTitle>> SimilarAsync(PortalDbContext database, int id, CancellationToken cancellationToken)
    {
        var ids = await search.FindSimilarAsync(database, id, Similar, cancellationToken);
        var titles = await FoundTitleQuery.Project(database, database.Titles.AsNoTracking().Where(title => ids.Contains(title.Id)))
            .ToDictionaryAsync(title => title.Id, cancellationToken);
        return [.. ids.Where(titles.ContainsKey).Select(each => titles[each])];
    }
}
