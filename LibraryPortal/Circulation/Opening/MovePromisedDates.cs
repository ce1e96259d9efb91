using LibraryPortal.Circulation.Facts;
using LibraryPortal.Circulation.Nightly;
using LibraryPortal.Data;
using LibraryPortal.Data.Settings;
using LibraryPortal.Domain.Calendar;
using LibraryPortal.Domain.Loans;
using LibraryPortal.Domain.Requests;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Circulation.Opening;

/// <summary>Due dates and dates to collect by that fall on a closed day move to the next open one, each in a transaction of its own, and their readers are told: of each date here, and of all in one mail.
/// Dates never move back. May be repeated: what lies right stays.</summary>
internal sealed class MovePromisedDates(
    IDbContextFactory<PortalDbContext> databases, ChangeLibrary library, CurrentCalendar calendar, WriteMovedDates write, TimeProvider clock, ILogger<MovePromisedDates> logger) : INightlyStep
{
    const int Size = 100;
    const string DueMoved = "loan.due-moved", CollectMoved = "request.collect-moved";

    public string Name => "Moving dates off closed days";

    /// <summary>A whole round: what no job of a changed calendar has moved.</summary>
    public Task<int> RunAsync(CancellationToken cancellationToken) => RunAsync(DatesRound.Begin, _ => Task.CompletedTask, cancellationToken);

    /// <param name="round">Where to go on.</param>
    /// <param name="reached">Told after each batch of dates where the round is.</param>
    /// <returns>How many dates this run moved.</returns>
    /// <exception cref="InvalidOperationException">Some dates could not be moved; the others were, and the round is back at its beginning.</exception>
    public async Task<int> RunAsync(DatesRound round, Func<DatesRound, Task> reached, CancellationToken cancellationToken)
    {
        await calendar.RefreshAsync(cancellationToken);
        var (now, moved) = (clock.GetUtcNow(), 0);
        var failed = new FailedRows(logger);
        while (true)
        {
            var batch = await ReadAsync(round, now, cancellationToken);
            if (batch.Count == 0 && round.IsAtRequests)
                break;
            // Most dates lie right; only the others are worth a transaction.
            foreach (var (id, at) in batch)
            {
                if (calendar.Value.Move(at) != at && await failed.TryAsync(
                    $"The date of {id}", () => round.IsAtRequests ? MoveRequestAsync(id, cancellationToken) : MoveLoanAsync(id, cancellationToken), cancellationToken))
                    moved++;
            }

            round = batch.Count == 0 ? round with { IsAtRequests = true, Last = Guid.Empty } : round with { Last = batch[^1].Id, Seen = round.Seen + batch.Count };
            await reached(round);
        }

        await write.RunAsync(failed, cancellationToken);
        if (failed.HasAny)
            await reached(DatesRound.Begin);
        failed.ThrowIfAny();
        return moved;
    }

    /// <summary>Dates that a whole round looks at.</summary>
    public async Task<int> CountAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await Loans(database, now).CountAsync(cancellationToken) + await Requests(database, now).CountAsync(cancellationToken);
    }

    /// <summary>What was moved, by whichever round.</summary>
    public async Task<DatesMoved> MovedSinceAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var entries = database.Audit.Where(entry => entry.At >= since);
        return new DatesMoved(
            await entries.CountAsync(entry => entry.Action == DueMoved, cancellationToken), await entries.CountAsync(entry => entry.Action == CollectMoved, cancellationToken));
    }

    async Task<List<PromisedDate>> ReadAsync(DatesRound round, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var dates = round.IsAtRequests
            ? Requests(database, now).Where(request => request.Id > round.Last).OrderBy(request => request.Id).Select(request => new PromisedDate(request.Id, request.CollectBy!.Value))
            : Loans(database, now).Where(loan => loan.Id > round.Last).OrderBy(loan => loan.Id).Select(loan => new PromisedDate(loan.Id, loan.DueAt));
        return await dates.Take(Size).ToListAsync(cancellationToken);
    }

    // A lost book is due no more: its date would be promised to nobody.
    static IQueryable<Loan> Loans(PortalDbContext database, DateTimeOffset now) =>
        database.Loans.Where(loan => loan.ReturnedAt == null && loan.LostAt == null && loan.DueAt >= now);

    static IQueryable<BookRequest> Requests(PortalDbContext database, DateTimeOffset now) =>
        database.Requests.Where(request => request.State == RequestState.Ready && request.CollectBy >= now);

    async Task<bool> MoveLoanAsync(Guid id, CancellationToken cancellationToken) =>
        (await library.RunAsync<bool>(null, async change =>
        {
            var loan = await Loans(change.Database, change.Now).SingleOrDefaultAsync(loan => loan.Id == id, cancellationToken);
            if (loan is null || change.Calendar.Move(loan.DueAt) is var moved && moved == loan.DueAt)
                return false;
            // The whole of it: by it those who look at its title are told.
            var copy = await change.Database.Copies.SingleAsync(copy => copy.Id == loan.CopyId, cancellationToken);
            var name = await LoadCopy.NameAsync(change.Database, copy, cancellationToken);
            var (why, until) = (Why(change, loan.DueAt), change.Zone.Say(moved));
            loan.MoveDue(moved);
            change.Did(DueMoved, loan, name, why);
            change.Tell(loan, WriteMovedDates.Due, $"“{name}” is now due on {until}: {why}");
            return true;
        }, cancellationToken)).Value;

    async Task<bool> MoveRequestAsync(Guid id, CancellationToken cancellationToken) =>
        (await library.RunAsync<bool>(null, async change =>
        {
            var request = await Requests(change.Database, change.Now).SingleOrDefaultAsync(request => request.Id == id, cancellationToken);
            if (request?.CollectBy is not { } date || change.Calendar.Move(date) is var moved && moved == date)
                return false;
            var (why, until) = (Why(change, date), change.Zone.Say(moved));
            request.MoveCollectBy(moved);
            change.Did(CollectMoved, request, why);
            change.Tell(request, WriteMovedDates.Collect, $"“{request.BookName}” now waits for you until {until}: {why}");
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
}
