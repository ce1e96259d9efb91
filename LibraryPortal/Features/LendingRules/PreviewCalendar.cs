using LibraryPortal.Data;
using LibraryPortal.Data.Settings;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Calendar;
using LibraryPortal.Domain.Requests;
using LibraryPortal.Identity;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.LendingRules;

/// <summary>Says which promised dates would move if the library closed on some days, or opened on others, before anybody decides. Changes nothing.</summary>
internal sealed class PreviewCalendar(IDbContextFactory<PortalDbContext> databases, CurrentCalendar current, TimeProvider clock)
{
    /// <summary>How many moves are named; all are counted.</summary>
    public const int Named = 50;

    // No promise reaches further.
    static readonly TimeSpan Far = TimeSpan.FromDays(3_650);

    public async Task<Outcome<CalendarPreview>> RunAsync(Caller caller, DateOnly first, DateOnly last, string? name, CancellationToken cancellationToken = default)
    {
        if (PolicyRefusals.UnlessAdmin(caller) is { } refusal)
            return refusal;
        var closure = Closure.Of(first, last, name);
        if (!closure.IsAllowed)
            return closure.Refusal;
        var before = current.Value;
        var after = new LibraryCalendar(before.Zone, before.Opening, [.. before.Closures, closure.Value]);
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await FindAsync(database, after, before.Zone.StartOf(first), before.Zone.EndOf(last), cancellationToken);
    }

    /// <param name="timeZone">As in the settings; null or empty: the server's.</param>
    /// <param name="opening">The days of the week on which the library would open.</param>
    public async Task<Outcome<CalendarPreview>> RunAsync(Caller caller, string? timeZone, IReadOnlyCollection<DayOfWeek> opening, CancellationToken cancellationToken = default)
    {
        if (PolicyRefusals.UnlessAdmin(caller) is { } refusal)
            return refusal;
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var settings = await database.Settings.AsNoTracking().SingleAsync(cancellationToken);
        if (settings.Change(settings.Name, timeZone, opening, settings.HistoryDays).Refusal is { } wrong)
            return wrong;
        return await FindAsync(database, current.Of(settings, current.Value.Closures), clock.GetUtcNow(), clock.GetUtcNow().Add(Far), cancellationToken);
    }

    async Task<CalendarPreview> FindAsync(PortalDbContext database, LibraryCalendar after, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        // What is past stays: an overdue book does not become due again.
        var now = clock.GetUtcNow();
        from = from > now ? from : now;
        var due = Moved(await DueAsync(database, from, to, cancellationToken), after);
        var collect = Moved(await CollectAsync(database, from, to, cancellationToken), after);
        return new CalendarPreview(due.Count, collect.Count, [.. due.Concat(collect).OrderBy(move => move.From).Take(Named)]);
    }

    static List<MovedDate> Moved(List<MovedDate> dates, LibraryCalendar after) =>
        [.. dates.Select(date => date with { To = after.Move(date.From) }).Where(date => date.To != date.From)];

    static Task<List<MovedDate>> DueAsync(PortalDbContext database, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken) =>
        (from loan in database.Loans.AsNoTracking()
         where loan.ReturnedAt == null && loan.LostAt == null && loan.DueAt >= @from && loan.DueAt <= to
         join patron in database.Patrons on loan.PatronId equals patron.UserId
         join copy in database.Copies on loan.CopyId equals copy.Id
         join title in database.Titles on copy.TitleId equals title.Id
         select new MovedDate(true, title.Name, patron.Name, loan.DueAt, loan.DueAt)).ToListAsync(cancellationToken);

    static Task<List<MovedDate>> CollectAsync(PortalDbContext database, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken) =>
        (from request in database.Requests.AsNoTracking()
         where request.State == RequestState.Ready && request.CollectBy != null && request.CollectBy >= @from && request.CollectBy <= to
         join patron in database.Patrons on request.PatronId equals patron.UserId
         select new MovedDate(false, request.BookName, patron.Name, request.CollectBy!.Value, request.CollectBy!.Value)).ToListAsync(cancellationToken);
}
