using LibraryPortal.Circulation.Facts;
using LibraryPortal.Data;
using LibraryPortal.Data.Settings;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Domain.Loans;
using LibraryPortal.Domain.Requests;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Circulation.Requests;

/// <summary>Says when a waiting reader will probably get a title: from due dates, and how late this title usually comes back.</summary>
internal sealed class ExpectReady(IDbContextFactory<PortalDbContext> databases, CurrentCalendar calendar, TimeProvider clock)
{
    /// <param name="position">Place in the queue, 1 is next; null: behind all who wait.</param>
    /// <returns>Null when it cannot be said honestly.</returns>
    public async Task<DateOnly?> RunAsync(int titleId, int? position = null, CancellationToken cancellationToken = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await RunAsync(database, titleId, position, cancellationToken);
    }

    /// <inheritdoc cref="RunAsync(int, int?, CancellationToken)"/>
    public async Task<DateOnly?> RunAsync(PortalDbContext database, int titleId, int? position, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var place = position ?? 1 + await database.Requests.Waiting(now).CountAsync(request => request.TitleId == titleId, cancellationToken);
        return (await ManyAsync(database, new Dictionary<int, int> { [titleId] = place }, cancellationToken)).TryGetValue(titleId, out var date) ? date : null;
    }

    /// <summary>Of several titles, with as many queries as of one.</summary>
    /// <param name="places">Title and place in its queue.</param>
    /// <returns>Only what can be said honestly.</returns>
    public async Task<IReadOnlyDictionary<int, DateOnly>> ManyAsync(PortalDbContext database, IReadOnlyDictionary<int, int> places, CancellationToken cancellationToken)
    {
        Dictionary<int, DateOnly> dates = [];
        IReadOnlyList<int> titles = [.. places.Keys];
        var past = titles.Count == 0 ? null : (await PastAsync(database, titles, cancellationToken)).ToLookup(loan => loan.TitleId);
        titles = [.. titles.Where(title => past![title].Count() >= ExpectedDate.LeastPast)];
        if (titles.Count == 0)
            return dates;
        var today = await calendar.ReadAsync(database, cancellationToken);
        var due = (await LoansOf(database, titles).Where(row => row.Loan.ReturnedAt == null).Select(row => new { row.TitleId, row.Loan.DueAt }).ToListAsync(cancellationToken))
            .ToLookup(loan => loan.TitleId, loan => today.Zone.DateAt(loan.DueAt));
        var copies = (await database.Copies.Where(copy => titles.Contains(copy.TitleId) && (copy.State == CopyState.Available || copy.State == CopyState.SetAside))
            .Select(copy => new { copy.TitleId, copy.State }).ToListAsync(cancellationToken)).ToLookup(copy => copy.TitleId, copy => copy.State);
        foreach (var title in titles)
        {
            var facts = new QueueFacts
            {
                Position = places[title],
                FreeCopies = copies[title].Count(state => state == CopyState.Available),
                SetAsideCopies = copies[title].Count(state => state == CopyState.SetAside),
                Due = [.. due[title]],
                Past = [.. past![title].Select(loan => new PastLoan(today.Zone.DateAt(loan.LentAt), today.Zone.DateAt(loan.DueAt), today.Zone.DateAt(loan.ReturnedAt)))],
            };
            if (ExpectedDate.Estimate(facts, today, today.Zone.DateAt(clock.GetUtcNow())) is { } date)
                dates[title] = date;
        }

        return dates;
    }

    // The last of each title, newest first. The titles are named inside, too: else the whole history would be numbered to find them.
    static Task<List<EndedLoan>> PastAsync(PortalDbContext database, IReadOnlyList<int> titles, CancellationToken cancellationToken) => (
        from title in database.Titles
        where titles.Contains(title.Id)
        from loan in LoansOf(database, titles).Where(row => row.TitleId == title.Id && row.Loan.ReturnedAt != null).OrderByDescending(row => row.Loan.ReturnedAt).Take(ExpectedDate.MostPast)
        select new EndedLoan(loan.TitleId, loan.Loan.LentAt, loan.Loan.DueAt, loan.Loan.ReturnedAt!.Value)).ToListAsync(cancellationToken);

    static IQueryable<LoanOfTitle> LoansOf(PortalDbContext database, IReadOnlyList<int> titles) =>
        from loan in database.Loans.AsNoTracking()
        join copy in database.Copies on loan.CopyId equals copy.Id
        where titles.Contains(copy.TitleId) && loan.LostAt == null
        select new LoanOfTitle { TitleId = copy.TitleId, Loan = loan };

    sealed class LoanOfTitle
    {
        public required int TitleId { get; init; }

        public required Loan Loan { get; init; }
    }

    sealed record EndedLoan(int TitleId, DateTimeOffset LentAt, DateTimeOffset DueAt, DateTimeOffset ReturnedAt);
}
