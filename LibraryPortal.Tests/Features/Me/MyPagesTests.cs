using LibraryPortal.Circulation.Patrons;
using LibraryPortal.Circulation.Requests;
using LibraryPortal.Domain.Calendar;
using LibraryPortal.Features.Desk;
using LibraryPortal.Features.Me;
using LibraryPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Tests.Features.Me;

/// <summary>What a reader sees of their own things.</summary>
public sealed class MyPagesTests : IAsyncLifetime
{
    TestLibrary _library = null!;

    public async ValueTask InitializeAsync() => _library = await TestLibrary.CreateAsync();

    public ValueTask DisposeAsync() => _library.DisposeAsync();

    [Fact]
    public async Task Home_ShowsWhatNeedsDoing_AndNothingOfOthers()
    {
        var (ada, ben) = (await _library.AddReaderAsync("ada"), await _library.AddReaderAsync("ben"));
        var (emma, moby, dune) = (await _library.AddTitleAsync("Emma", 1, "Jane Austen"), await _library.AddTitleAsync("Moby-Dick"), await _library.AddTitleAsync("Dune"));
        await _library.ApproveAsync(await _library.RequestAsync(ada, emma));
        await _library.RequestAsync(ada, dune);
        await _library.Get<HandleScan>().RunAsync(_library.Librarian, ada.UserId, moby.Copies[0].Barcode);

        var home = TestLibrary.Allowed(await _library.Get<ReadMyHome>().RunAsync(ada));
        var ready = Assert.Single(home.Ready);
        Assert.Equal(("Emma", "Jane Austen"), (ready.BookName, ready.Authors!.Single()));
        Assert.Equal(("Moby-Dick", 1), (Assert.Single(home.Loans).BookName, home.Waiting));
        Assert.NotEmpty(home.News);
        Assert.Empty(home.Standing.Blocks);

        var other = TestLibrary.Allowed(await _library.Get<ReadMyHome>().RunAsync(ben));
        Assert.Equal((0, 0, 0, 0), (other.Ready.Count, other.Loans.Count, other.Waiting, other.News.Count));
    }

    [Fact]
    public async Task History_KnowsOfRequestsThatEndedWithoutALoan_AndForgetsThemToo()
    {
        var ada = await _library.AddReaderAsync("ada");
        var (ended, open) = (await _library.RequestAsync(ada, await _library.AddTitleAsync("Emma")), await _library.RequestAsync(ada, await _library.AddTitleAsync("Dune")));
        TestLibrary.Allowed(await _library.Get<DeclineRequest>().RunAsync(_library.Librarian, ended, "Too dear."));
        var history = await _library.Get<ListMyHistory>().RunAsync(ada, 1);
        Assert.Equal((0, 1), (history.Loans.Total, history.Requests));
        _library.Clock.Advance(TimeSpan.FromHours(2));

        Assert.Equal(1, TestLibrary.Allowed(await _library.Get<ForgetMyHistory>().RunAsync(ada)));

        Assert.Equal(0, (await _library.Get<ListMyHistory>().RunAsync(ada, 1)).Requests);
        Assert.Null((await _library.FindAsync(ended)).PatronId);
        Assert.Equal(ada.UserId, (await _library.FindAsync(open)).PatronId);
    }

    [Fact]
    public async Task History_ForgetsOneOrAll_ButNotWhatMayBeUndone_NorOthers()
    {
        var (ada, ben) = (await _library.AddReaderAsync("ada"), await _library.AddReaderAsync("ben"));
        var titles = new[] { await _library.AddTitleAsync("Emma"), await _library.AddTitleAsync("Dune"), await _library.AddTitleAsync("Ulysses") };
        foreach (var title in titles)
        {
            await _library.Get<HandleScan>().RunAsync(_library.Librarian, ada.UserId, title.Copies[0].Barcode);
            await _library.Get<HandleScan>().RunAsync(_library.Librarian, null, title.Copies[0].Barcode);
        }

        var history = await _library.Get<ListMyHistory>().RunAsync(ada, 1);
        Assert.Equal((false, 30, 3), (history.Keeps, history.Days, history.Loans.Total));
        var one = history.Loans.Items[0];
        TestLibrary.Refused(await _library.Get<ForgetMyLoan>().RunAsync(ada, one.LoanId), "too-recent");
        _library.Clock.Advance(TimeSpan.FromHours(2));
        TestLibrary.Refused(await _library.Get<ForgetMyLoan>().RunAsync(ben, one.LoanId), "unknown-loan");
        TestLibrary.Allowed(await _library.Get<ForgetMyLoan>().RunAsync(ada, one.LoanId));
        Assert.DoesNotContain(one.LoanId, (await _library.Get<ListMyHistory>().RunAsync(ada, 1)).Loans.Items.Select(loan => loan.LoanId));
        await using (var database = _library.Open())
            Assert.Equal((3, 1), (await database.Loans.CountAsync(), await database.Loans.CountAsync(loan => loan.PatronId == null)));

        TestLibrary.Allowed(await _library.Get<ForgetMyHistory>().RunAsync(ada));
        Assert.Equal(0, (await _library.Get<ListMyHistory>().RunAsync(ada, 1)).Loans.Total);
    }

    [Theory]
    [InlineData(3, "Good evening, Ada")]
    [InlineData(8, "Good morning, Ada")]
    [InlineData(13, "Good afternoon, Ada")]
    [InlineData(21, "Good evening, Ada")]
    public void Greeting_IsByTheLibrarysClock(int hour, string expected) =>
        Assert.Equal(expected, Greeting.Of("Ada Lovelace", LibraryZone.Utc, new DateTimeOffset(2026, 5, 3, hour, 0, 0, TimeSpan.Zero)));
}
