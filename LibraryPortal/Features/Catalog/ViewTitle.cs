using LibraryPortal.Data;
using LibraryPortal.Domain.Requests;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.Catalog;

/// <summary>Reads one title with its copies. Who has a copy is nobody's business here.</summary>
internal sealed class ViewTitle(IDbContextFactory<PortalDbContext> databases)
{
    /// <returns>Null: there is no such title.</returns>
    public async Task<TitleView?> RunAsync(int id, CancellationToken cancellationToken = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var copies = await (
            from copy in database.Copies.AsNoTracking()
            where copy.TitleId == id
            join loan in database.Loans.Where(loan => loan.ReturnedAt == null) on copy.Id equals loan.CopyId into loans
            from loan in loans.DefaultIfEmpty()
            orderby copy.Barcode
            select new CopyView(copy.Barcode, copy.Shelf, copy.State, loan == null ? null : loan.DueAt)).ToListAsync(cancellationToken);
        return await database.Titles.AsNoTracking().Where(title => title.Id == id).Select(title => new TitleView
        {
            Id = title.Id,
            Name = title.Name,
            Subtitle = title.Subtitle,
            OriginalName = title.OriginalName,
            Series = title.Series,
            Authors = title.Authors,
            Year = title.Year,
            Language = title.Language,
            Isbn10 = title.Isbn10,
            Isbn13 = title.Isbn13,
            Subjects = title.Subjects,
            Description = title.Description,
            Imprint = TitleImprint.Of(title),
            Copies = copies,
            Wanted = database.Requests.Count(request => request.TitleId == id && (request.State == RequestState.Pending || request.State == RequestState.Queued)),
        }).SingleOrDefaultAsync(cancellationToken);
    }
}
