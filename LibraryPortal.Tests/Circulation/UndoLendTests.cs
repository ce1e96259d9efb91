using LibraryPortal.Circulation.Loans;
using LibraryPortal.Circulation.Requests;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Domain.Requests;
using LibraryPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;
using static LibraryPortal.Tests.Support.TestLibrary;

namespace LibraryPortal.Tests.Circulation;

/// <summary>A lending that is undone has not been.</summary>
public sealed class UndoLendTests : IAsyncLifetime
{
    TestLibrary _library = null!;

    public async ValueTask InitializeAsync() => _library = await CreateAsync();

    public ValueTask DisposeAsync() => _library.DisposeAsync();

    [Fact]
    public async Task OfAReadyRequest_SetsTheCopyAsideAgain_UntilTheSameDay_AndGivesItToNobodyElse()
    {
        var (ada, ben, title) = (await _library.AddReaderAsync("ada"), await _library.AddReaderAsync("ben"), await _library.AddTitleAsync("Emma"));
        var (mine, next) = (await _library.RequestAsync(ada, title), await _library.RequestAsync(ben, title));
        await _library.ApproveAsync(mine);
        await _library.ApproveAsync(next);
        var (before, told) = (await _library.FindAsync(mine), await _library.NoticesAsync(ada));
        _library.Clock.Advance(TimeSpan.FromDays(1));
        await _library.LendAsync(mine);
        var loan = await _library.LoanAsync(ada);
        _library.Clock.Advance(TimeSpan.FromMinutes(10));

        var answer = Allowed(await _library.Get<UndoLend>().RunAsync(_library.Librarian, loan.Id));

        var after = await _library.FindAsync(mine);
        Assert.Equal(
            (RequestState.Ready, before.CopyId, before.ReadyAt, before.CollectBy, (DateTimeOffset?)null), (after.State, after.CopyId, after.ReadyAt, after.CollectBy, after.CollectedAt));
        Assert.Equal((RequestState.Queued, CopyState.SetAside), (await _library.StateAsync(next), (await _library.CopyStatesAsync(title))[0]));
        Assert.Equal(("R-000001", "ada"), (answer.NextNumber, answer.NextReader));
        Assert.Contains("is not lent to ada after all. It waits on the hold shelf for ada, R-000001, until 10 March 2026.", answer.Message, StringComparison.Ordinal);
        Assert.Equal(told, await _library.NoticesAsync(ada));
        await using var database = _library.Open();
        Assert.Empty(await database.Loans.ToListAsync());
        Assert.Contains(await _library.AuditAsync(), entry => entry.Action == "loan.undone" && entry.ActorId == _library.Librarian.UserId);
        // It can be lent once more, as if nothing had been.
        await _library.LendAsync(mine);
    }

    [Fact]
    public async Task WithoutARequest_PutsTheCopyBackOnTheShelf()
    {
        var (ada, title) = (await _library.AddReaderAsync("ada"), await _library.AddTitleAsync("Emma"));

        var answer = Allowed(await _library.Get<UndoLend>().RunAsync(_library.Librarian, await LendAsync(ada, title)));

        Assert.Equal([CopyState.Available], await _library.CopyStatesAsync(title));
        Assert.EndsWith("is not lent to ada after all; it belongs on shelf A1.", answer.Message, StringComparison.Ordinal);
        Assert.Empty(await _library.NoticesAsync(ada));
        await using var database = _library.Open();
        Assert.Empty(await database.Loans.ToListAsync());
    }

    [Theory]
    [InlineData(false, RequestState.Pending)]
    [InlineData(true, RequestState.Paused)]
    public async Task OfARequestThatStillWaited_LetsItWaitAsBefore(bool isPaused, RequestState state)
    {
        var (ada, title) = (await _library.AddReaderAsync("ada"), await _library.AddTitleAsync("Emma"));
        var request = await _library.RequestAsync(ada, title);
        if (isPaused)
            Allowed(await _library.Get<PauseRequest>().RunAsync(ada, request, new DateOnly(2026, 3, 9)));
        var before = await _library.FindAsync(request);
        var loan = await LendAsync(ada, title);
        Assert.Equal(RequestState.OnLoan, await _library.StateAsync(request));

        Allowed(await _library.Get<UndoLend>().RunAsync(_library.Librarian, loan));

        var after = await _library.FindAsync(request);
        Assert.Equal((state, before.PausedUntil, before.PausedFrom, before.DecidedAt, (Guid?)null), (after.State, after.PausedUntil, after.PausedFrom, after.DecidedAt, after.CopyId));
        Assert.Equal([CopyState.Available], await _library.CopyStatesAsync(title));
    }

    [Fact]
    public async Task AfterTenMinutes_OrWhenAnythingHappenedSince_IsRefused()
    {
        var (ada, title) = (await _library.AddReaderAsync("ada"), await _library.AddTitleAsync("Emma", copies: 2));
        var late = await LendAsync(ada, await _library.AddTitleAsync("Villette"));
        _library.Clock.Advance(TimeSpan.FromMinutes(11));
        Refused(await _library.Get<UndoLend>().RunAsync(_library.Librarian, late), "undo-too-late");

        var back = await LendAsync(ada, title);
        Refused(await _library.Get<UndoLend>().RunAsync(ada, back), "staff-only");

        Allowed(await _library.Get<ReturnCopy>().RunAsync(_library.Librarian, (await _library.BarcodesAsync(title))[0]));
        Refused(await _library.Get<UndoLend>().RunAsync(_library.Librarian, back), "loan-returned");
        Allowed(await _library.Get<UndoReturn>().RunAsync(_library.Librarian, back));
        Refused(await _library.Get<UndoLend>().RunAsync(_library.Librarian, back), "loan-changed");
    }

    async Task<Guid> LendAsync(LibraryPortal.Identity.Caller reader, Title title) =>
        Allowed(await _library.Get<LendCopy>().RunAsync(_library.Librarian, reader.UserId, (await _library.BarcodesAsync(title))[0])).LoanId;
}
