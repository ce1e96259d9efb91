using LibraryPortal.Circulation.Copies;
using LibraryPortal.Circulation.Loans;
using LibraryPortal.Circulation.Opening;
using LibraryPortal.Circulation.Patrons;
using LibraryPortal.Domain.Calendar;
using LibraryPortal.Domain.Loans;
using LibraryPortal.Identity;
using LibraryPortal.Live;
using LibraryPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;
using static LibraryPortal.Tests.Support.TestLibrary;

namespace LibraryPortal.Tests.Circulation;

/// <summary>The job that moves promised dates off closed days: cut short, tried again, and with rows it cannot move.</summary>
public sealed class MoveDatesTests : IAsyncLifetime
{
    static readonly DateTimeOffset Due = new(2026, 3, 23, 23, 59, 59, TimeSpan.Zero), Open = new(2026, 3, 25, 23, 59, 59, TimeSpan.Zero);

    TestLibrary _library = null!;

    public async ValueTask InitializeAsync()
    {
        _library = await CreateAsync();
        await using var database = _library.Open();
        database.Closures.Add(Allowed(Closure.Of(new DateOnly(2026, 3, 20), new DateOnly(2026, 3, 24), "Painting")));
        await database.SaveChangesAsync();
    }

    public ValueTask DisposeAsync() => _library.DisposeAsync();

    [Fact]
    public async Task CutShortInTheMiddle_AndRunAgain_GoesOnThere_AndMovesEveryDateOnce()
    {
        const int loans = 230;
        var ada = await _library.AddReaderAsync("ada");
        await LendManyAsync(ada, loans);
        using var killed = new InlineJob();
        var told = 0;
        using (_library.Get<ILiveBoard>().Subscribe(ada.UserId, change =>
        {
            if (change is NoticeAdded && Interlocked.Increment(ref told) == 150)
                killed.Cancel();
        }))
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(killed));
        }

        Assert.Equal(150, told);
        using var next = new InlineJob { SavedCursor = killed.SavedCursor };
        var moved = await RunAsync(next);

        Assert.Equal(new DatesMoved(loans, 0), moved);
        // The first hundred were looked at by the run before.
        Assert.Equal(200, next.Progress[0].Done);
        Assert.Equal(loans, next.Progress[^1].Total);
        await using var database = _library.Open();
        Assert.Equal(loans, await database.Loans.CountAsync(loan => loan.DueAt == Open && loan.Version == 1));
        Assert.Equal(loans, await database.Notices.CountAsync(notice => notice.Text.Contains("now due on 25 March 2026")));
        var mail = await database.Mail.SingleAsync();
        Assert.Equal(("dates.moved", "The dates of 230 books were moved"), (mail.Kind, mail.Subject));
        Assert.Contains("“Emma” is now due on 25 March 2026: the library is closed on 23 March 2026 (Painting).", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("And 180 more.", mail.TextBody, StringComparison.Ordinal);
        using var later = new InlineJob();
        await RunAsync(later);
        Assert.Equal(1, await database.Mail.CountAsync());
        Assert.Equal(loans, await database.Audit.CountAsync(entry => entry.Action == "loan.due-moved"));
    }

    [Fact]
    public async Task ABadRow_HoldsNoOtherUp_AndIsTriedAgain()
    {
        var ada = await _library.AddReaderAsync("ada");
        await LendManyAsync(ada, 3);
        await using var database = _library.Open();
        await database.Database.ExecuteSqlRawAsync("CREATE TRIGGER Bad BEFORE UPDATE ON Loans WHEN OLD.Id = (SELECT MIN(Id) FROM Loans) BEGIN SELECT RAISE(ABORT, 'a bad row'); END");
        using var job = new InlineJob();

        await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync(job));
        Assert.Equal(2, await database.Loans.CountAsync(loan => loan.DueAt == Open));

        await database.Database.ExecuteSqlRawAsync("DROP TRIGGER Bad");
        using var again = new InlineJob { SavedCursor = job.SavedCursor };
        await RunAsync(again);
        Assert.Equal(3, await database.Loans.CountAsync(loan => loan.DueAt == Open && loan.Version == 1));
    }

    [Fact]
    public async Task ALostBook_IsDueNoMore_SoItsDateStays()
    {
        var ada = await _library.AddReaderAsync("ada");
        await LendManyAsync(ada, 1);
        await using var database = _library.Open();
        var barcode = (await database.Copies.SingleAsync()).Barcode;
        Allowed(await _library.Get<ReportLost>().RunAsync(_library.Librarian, barcode, "Left on a train."));
        using var job = new InlineJob();

        Assert.Equal(new DatesMoved(0, 0), await RunAsync(job));

        Assert.Equal(Due, (await _library.LoanAsync(ada)).DueAt);
        Assert.False(Allowed(await _library.Get<ListLoans>().RunAsync(ada)).Single().IsOverdue);
        _library.Clock.Advance(TimeSpan.FromDays(60));
        var view = Allowed(await _library.Get<ListLoans>().RunAsync(ada)).Single();
        Assert.Equal((true, false), (view.IsLost, view.IsOverdue));
        Assert.Equal(0, Allowed(await _library.Get<FindStanding>().RunAsync(ada, ada.UserId)).Overdue);
        var late = new PatronSearch(null, Group: PatronGroup.Overdue);
        Assert.Equal(0, Allowed(await _library.Get<FindPatrons>().RunAsync(_library.Librarian, late, 1, 10)).Total);
        Assert.Equal(0, Assert.Single(Allowed(await _library.Get<FindPatrons>().RunAsync(_library.Librarian, new PatronSearch("ada"), 1, 10)).Items).Overdue);
    }

    Task<DatesMoved> RunAsync(InlineJob job) => new MoveDatesJob(_library.Get<MovePromisedDates>()).RunAsync(new MoveDates(), job);

    async Task LendManyAsync(Caller reader, int count)
    {
        var title = await _library.AddTitleAsync("Emma", count);
        await using var database = _library.Open();
        foreach (var copy in await database.Copies.Where(copy => copy.TitleId == title.Id).ToListAsync())
            database.Loans.Add(Loan.Lend(copy, reader.UserId, null, Due, _library.Clock.GetUtcNow()));
        await database.SaveChangesAsync();
    }
}
