using LibraryPortal.Data;
using LibraryPortal.Data.Search;
using LibraryPortal.Data.Settings;
using LibraryPortal.Domain.Calendar;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Domain.Requests;
using LibraryPortal.Features.Catalog.Search;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.Catalog;

/// <summary>Reads one title with its copies, its queue and titles like it. Who has a copy is nobody's business here.</summary>
internal sealed class ViewTitle(IDbContextFactory<PortalDbContext> databases, ITitleSearch search, CurrentCalendar calendar)
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
            where copy.TitleId == id
            join loan in database.Loans.Where(loan => loan.ReturnedAt == null) on copy.Id equals loan.CopyId into loans
            from loan in loans.DefaultIfEmpty()
            orderby copy.Barcode
            select new CopyView(copy.Barcode, copy.Shelf, copy.State, loan == null ? null : loan.DueAt)).ToListAsync(cancellationToken);
        var wanted = await database.Requests.CountAsync(
            request => request.TitleId == id && (request.State == RequestState.Pending || request.State == RequestState.Queued), cancellationToken);
        return new TitleView
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
            Cover = await database.Covers.Where(cover => cover.TitleId == id).Select(cover => cover.File).SingleOrDefaultAsync(cancellationToken),
            Copies = copies,
            Wanted = wanted,
            Expected = await ExpectAsync(database, id, copies, wanted, cancellationToken),
            Similar = await SimilarAsync(database, id, cancellationToken),
        };
    }

    /// <summary>When somebody who asks now can probably collect it; null when a copy stands on the shelf, or too little is known to say.</summary>
    async Task<DateOnly?> ExpectAsync(PortalDbContext database, int id, List<CopyView> copies, int wanted, CancellationToken cancellationToken)
    {
        int In(CopyState state) => copies.Count(copy => copy.State == state);
        if (In(CopyState.Available) > wanted || !copies.Exists(copy => copy.State is CopyState.Available or CopyState.OnLoan or CopyState.SetAside))
            return null;
        var zone = calendar.Zone;
        var past = await (
            from loan in database.Loans.AsNoTracking()
            join copy in database.Copies on loan.CopyId equals copy.Id
            where copy.TitleId == id && loan.ReturnedAt != null
            orderby loan.ReturnedAt descending
            select new { loan.LentAt, loan.DueAt, ReturnedAt = loan.ReturnedAt!.Value }).Take(ExpectedDate.MostPast).ToListAsync(cancellationToken);
        var facts = new QueueFacts
        {
            Position = wanted + 1,
            FreeCopies = In(CopyState.Available),
            SetAsideCopies = In(CopyState.SetAside),
            Due = [.. copies.Where(copy => copy.State == CopyState.OnLoan && copy.DueAt is not null).Select(copy => zone.DateAt(copy.DueAt!.Value))],
            Past = [.. past.Select(loan => new PastLoan(zone.DateAt(loan.LentAt), zone.DateAt(loan.DueAt), zone.DateAt(loan.ReturnedAt)))],
        };
        return ExpectedDate.Estimate(facts, calendar.Value, calendar.Today);
    }

    async Task<IReadOnlyList<FoundTitle>> SimilarAsync(PortalDbContext database, int id, CancellationToken cancellationToken)
    {
        var ids = await search.FindSimilarAsync(database, id, Similar, cancellationToken);
        var titles = await FoundTitleQuery.Project(database, database.Titles.AsNoTracking().Where(title => ids.Contains(title.Id)))
            .ToDictionaryAsync(title => title.Id, cancellationToken);
        return [.. ids.Where(titles.ContainsKey).Select(each => titles[each])];
    }
}
