using LibraryPortal.Data;
using LibraryPortal.Data.Settings;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Calendar;
using LibraryPortal.Domain.Requests;
using LibraryPortal.Identity;
using LibraryPortal.Live;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Circulation.Opening;

/// <summary>To be called after the calendar was changed: due dates and dates to collect by that fall on a closed day move to the next open one, and their
/// readers are told. Dates never move back. May be repeated: what lies right stays.</summary>
internal sealed class MovePromisedDates(
    IDbContextFactory<PortalDbContext> databases, ChangeLibrary library, CurrentCalendar calendar, ILiveBoard board, TimeProvider clock)
{
    const int Size = 100;

    /// <returns>What is told to whoever changed the calendar.</returns>
    public async Task<Outcome<string>> RunAsync(Caller caller, CancellationToken cancellationToken = default)
    {
        if (CirculationRefusals.UnlessStaff(caller) is { } refusal)
            return refusal;
        await calendar.RefreshAsync(cancellationToken);
        board.Publish(new CalendarChanged());
        var loans = await EachAsync(
            (database, now, last) => database.Loans.Where(loan => loan.ReturnedAt == null && loan.DueAt >= now && loan.Id > last).OrderBy(loan => loan.Id)
                .Select(loan => new PromisedDate(loan.Id, loan.DueAt)),
            id => MoveLoanAsync(caller, id, cancellationToken), cancellationToken);
        var requests = await EachAsync(
            (database, now, last) => database.Requests.Where(request => request.State == RequestState.Ready && request.CollectBy >= now && request.Id > last)
                .OrderBy(request => request.Id).Select(request => new PromisedDate(request.Id, request.CollectBy!.Value)),
            id => MoveRequestAsync(caller, id, cancellationToken), cancellationToken);
        return (loans, requests) switch
        {
            (0, 0) => "No date that was promised had to move.",
            _ => $"{Count(loans, "due date")} and {Count(requests, "date")} to collect by moved to the next open day; the readers are told.",
        };
    }

    async Task<int> EachAsync(
        Func<PortalDbContext, DateTimeOffset, Guid, IQueryable<PromisedDate>> dates, Func<Guid, Task<bool>> move, CancellationToken cancellationToken)
    {
        var (moved, last, now) = (0, Guid.Empty, clock.GetUtcNow());
        while (true)
        {
            List<PromisedDate> batch;
            await using (var database = await databases.CreateDbContextAsync(cancellationToken))
                batch = await dates(database, now, last).Take(Size).ToListAsync(cancellationToken);
            if (batch.Count == 0)
                return moved;
            // Most dates lie right; only the others are worth a transaction.
            foreach (var (id, at) in batch)
                moved += calendar.Value.Move(at) != at && await move(id) ? 1 : 0;
            last = batch[^1].Id;
        }
    }

    async Task<bool> MoveLoanAsync(Caller caller, Guid id, CancellationToken cancellationToken) =>
        (await library.RunAsync<bool>(caller, async change =>
        {
            var loan = await change.Database.Loans.SingleAsync(loan => loan.Id == id, cancellationToken);
            var moved = change.Calendar.Move(loan.DueAt);
            if (loan.ReturnedAt is not null || moved == loan.DueAt)
                return false;
            var name = await (from copy in change.Database.Copies join title in change.Database.Titles on copy.TitleId equals title.Id where copy.Id == loan.CopyId select title.Name)
                .SingleAsync(cancellationToken);
            var why = Why(change, loan.DueAt);
            loan.MoveDue(moved);
            change.Did("loan.due-moved", loan, name, why);
            change.Tell(loan, "due-moved", $"“{name}” is now due on {change.Zone.Say(moved)}: {why}");
            return true;
        }, cancellationToken)).Value;

    async Task<bool> MoveRequestAsync(Caller caller, Guid id, CancellationToken cancellationToken) =>
        (await library.RunAsync<bool>(caller, async change =>
        {
            var request = await change.Database.Requests.SingleAsync(request => request.Id == id, cancellationToken);
            if (request.State != RequestState.Ready || request.CollectBy is not { } until || change.Calendar.Move(until) is var moved && moved == until)
                return false;
            var why = Why(change, until);
            request.MoveCollectBy(moved);
            change.Did("request.collect-moved", request, why);
            change.Tell(request, "collect-moved", $"“{request.BookName}” now waits for you until {change.Zone.Say(moved)}: {why}");
            return true;
        }, cancellationToken)).Value;

    static string Why(LibraryChange change, DateTimeOffset date)
    {
        var day = change.Zone.DateAt(date);
        return change.Calendar.ClosureOn(day) is { } closure
            ? $"the library is closed on {LibraryZone.Say(day)} ({closure.Name})."
            : $"the library is closed on {LibraryZone.Say(day)}.";
    }

    sealed record PromisedDate(Guid Id, DateTimeOffset At);

    static string Count(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count:N0} {noun}s";
}
