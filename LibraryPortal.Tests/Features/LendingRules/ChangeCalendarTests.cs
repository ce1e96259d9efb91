using LibraryPortal.Circulation.Loans;
using LibraryPortal.Circulation.Opening;
using LibraryPortal.Domain.Calendar;
using LibraryPortal.Features.LendingRules;
using LibraryPortal.Identity;
using LibraryPortal.Jobs;
using LibraryPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Tests.Features.LendingRules;

/// <summary>What a closure moves: said before, done after, told to the readers.</summary>
public sealed class ChangeCalendarTests : IAsyncLifetime
{
    TestLibrary _library = null!;
    Caller _admin = null!;

    public async ValueTask InitializeAsync()
    {
        _library = await TestLibrary.CreateAsync();
        _admin = _library.Librarian with { IsAdmin = true };
    }

    public ValueTask DisposeAsync() => _library.DisposeAsync();

    [Fact]
    public async Task Closure_IsPreviewedWithoutChangingAnything_ThenMovesTheSameDates_AndTellsTheReaders()
    {
        var (ada, ben) = (await _library.AddReaderAsync("ada"), await _library.AddReaderAsync("ben"));
        var (emma, moby) = (await _library.AddTitleAsync("Emma"), await _library.AddTitleAsync("Moby-Dick"));
        var loan = TestLibrary.Allowed(await _library.Get<LendCopy>().RunAsync(_library.Librarian, ada.UserId, emma.Copies[0].Barcode));
        var request = await _library.RequestAsync(ben, moby);
        await _library.ApproveAsync(request);
        var collectBy = (await _library.FindAsync(request)).CollectBy!.Value;
        var (first, last) = (DateOnly.FromDateTime(collectBy.UtcDateTime), DateOnly.FromDateTime(loan.DueAt.UtcDateTime));

        var preview = TestLibrary.Allowed(await _library.Get<PreviewCalendar>().RunAsync(_admin, first, last, "Inventory"));
        Assert.Equal((1, 1), (preview.Due, preview.Collect));
        Assert.Equal([("Moby-Dick", "ben"), ("Emma", "ada")], preview.Moves.Select(move => (move.BookName, move.PatronName)));
        Assert.Equal(loan.DueAt, await DueAsync(loan.LoanId));

        var said = TestLibrary.Allowed(await Change.AddClosureAsync(_admin, first, last, "Inventory"));
        Assert.Contains("The library is closed from", said, StringComparison.Ordinal);
        // A job written with the closure does it, so that a stop in between loses nothing.
        Assert.Equal(loan.DueAt, await DueAsync(loan.LoanId));
        Assert.Equal((null, null), await WatchAsync());
        var id = await HandOverAsync();
        Assert.Equal((JobState.Queued, null), await WatchAsync());
        using var job = new InlineJob();
        var moved = await new MoveDatesJob(_library.Get<MovePromisedDates>()).RunAsync(new MoveDates(), job);
        Assert.Equal(new DatesMoved(1, 1), moved);
        _library.Jobs.Set(id, JobState.Succeeded, result: moved);
        Assert.Equal((JobState.Succeeded, moved), await WatchAsync());
        Assert.Equal(preview.Moves.Single(move => move.IsLoan).To, await DueAsync(loan.LoanId));
        Assert.Equal(preview.Moves.Single(move => !move.IsLoan).To, (await _library.FindAsync(request)).CollectBy);
        await using var database = _library.Open();
        Assert.Equal(1, await database.Notices.CountAsync(notice => notice.UserId == ada.UserId && notice.Text.Contains("(Inventory)")));
        Assert.Equal(1, await database.Audit.CountAsync(entry => entry.Action == "calendar.closure-added" && entry.SubjectName == "Inventory"));

        // Gone again, what was promised stays.
        var closure = await database.Closures.SingleAsync();
        Assert.Contains("stay as promised", TestLibrary.Allowed(await Change.RemoveClosureAsync(_admin, closure.Id)), StringComparison.Ordinal);
        Assert.NotEqual(loan.DueAt, await DueAsync(loan.LoanId));
        TestLibrary.Refused(await Change.RemoveClosureAsync(_admin, closure.Id), "unknown-closure");
    }

    [Fact]
    public async Task Preview_LeavesOutWhatIsOverdueReturnedOrElsewhere()
    {
        var ada = await _library.AddReaderAsync("ada");
        var title = await _library.AddTitleAsync("Emma");
        TestLibrary.Allowed(await _library.Get<LendCopy>().RunAsync(_library.Librarian, ada.UserId, title.Copies[0].Barcode));
        var today = DateOnly.FromDateTime(_library.Clock.GetUtcNow().UtcDateTime);
        Assert.True(TestLibrary.Allowed(await _library.Get<PreviewCalendar>().RunAsync(_admin, today.AddDays(300), today.AddDays(310), "Far")).IsEmpty);
        _library.Clock.Advance(TimeSpan.FromDays(40));
        Assert.True(TestLibrary.Allowed(await _library.Get<PreviewCalendar>().RunAsync(_admin, today, today.AddDays(60), "Long")).IsEmpty);
    }

    [Fact]
    public async Task BadClosures_AreRefusedWithASentence()
    {
        var day = new DateOnly(2026, 12, 24);
        TestLibrary.Refused(await Change.AddClosureAsync(_admin, day, day, " "), "closure-name-empty");
        TestLibrary.Refused(await Change.AddClosureAsync(_admin, day, day.AddDays(-1), "Christmas"), "closure-dates");
        TestLibrary.Allowed(await Change.AddClosureAsync(_admin, day, day, "Christmas"));
        TestLibrary.Refused(await Change.AddClosureAsync(_admin, day, day, "Christmas"), "closure-exists");
        await using var database = _library.Open();
        Assert.Equal(1, await database.Closures.CountAsync());
    }

    [Fact]
    public async Task Settings_AreCheckedAuditedAndNotOverwrittenUnseen()
    {
        var week = OpeningDays.MondayToSaturday.Days.ToList();
        TestLibrary.Refused(await Change.ChangeSettingsAsync(_admin, 0, "Town library", "Middle/Earth", week, 30), "time-zone");
        TestLibrary.Refused(await Change.ChangeSettingsAsync(_admin, 0, "Town library", "Europe/Berlin", [], 30), "opening-days-empty");
        TestLibrary.Allowed(await Change.ChangeSettingsAsync(_admin, 0, "Town library", "Europe/Berlin", [DayOfWeek.Monday], 10));
        TestLibrary.Refused(await Change.ChangeSettingsAsync(_admin, 0, "Other", "Europe/Berlin", week, 10), "changed-meanwhile");
        var view = TestLibrary.Allowed(await _library.Get<ReadCalendar>().RunAsync(_admin));
        Assert.Equal(("Town library", "Europe/Berlin", 10), (view.Settings.Name, view.Settings.TimeZone, view.Settings.HistoryDays));
        await using var database = _library.Open();
        Assert.Equal(1, await database.Audit.CountAsync(entry => entry.Action == "settings.changed"));
    }

    [Fact]
    public async Task OtherOpeningDays_ArePreviewedWithoutChangingAnything()
    {
        var ada = await _library.AddReaderAsync("ada");
        var request = await _library.RequestAsync(ada, await _library.AddTitleAsync("Emma"));
        await _library.ApproveAsync(request);
        await _library.LendAsync(request);
        var preview = _library.Get<PreviewCalendar>();
        var due = await DueAsync();
        var week = OpeningDays.MondayToSaturday.Days.ToList();

        Assert.True(TestLibrary.Allowed(await preview.RunAsync(_admin, null, week)).IsEmpty);
        var moves = TestLibrary.Allowed(await preview.RunAsync(_admin, null, [.. week.Where(day => day != due.DayOfWeek)]));

        var move = Assert.Single(moves.Moves);
        Assert.Equal((1, 0, "Emma", due), (moves.Due, moves.Collect, move.BookName, move.From));
        Assert.True(move.To > due);
        Assert.Equal(due, await DueAsync());
        TestLibrary.Refused(await preview.RunAsync(_admin, "Middle/Earth", week), "time-zone");
    }

    [Fact]
    public async Task NobodyButAnAdmin_ChangesTheCalendar()
    {
        var day = new DateOnly(2026, 12, 24);
        TestLibrary.Refused(await Change.AddClosureAsync(_library.Librarian, day, day, "Christmas"), "admin-only");
        TestLibrary.Refused(await Change.RemoveClosureAsync(_library.Librarian, Guid.NewGuid()), "admin-only");
        TestLibrary.Refused(await Change.ChangeSettingsAsync(_library.Librarian, 0, "Mine", null, [DayOfWeek.Monday], 1), "admin-only");
        TestLibrary.Refused(await _library.Get<PreviewCalendar>().RunAsync(_library.Librarian, day, day, "Christmas"), "admin-only");
        TestLibrary.Refused(await _library.Get<PreviewCalendar>().RunAsync(_library.Librarian, null, [DayOfWeek.Monday]), "admin-only");
        TestLibrary.Refused(await _library.Get<ReadCalendar>().RunAsync(_library.Librarian), "admin-only");
    }

    [Fact]
    public async Task Settings_StartTheMovingOnlyWhenTheLibraryOpensOnOtherDays()
    {
        TestLibrary.Allowed(await Change.ChangeSettingsAsync(_admin, 0, "Town library", null, OpeningDays.MondayToSaturday.Days.ToList(), 10));
        await using var database = _library.Open();
        Assert.False(await database.Outbox.AnyAsync());
        Assert.Null(await _library.Get<WatchDates>().RunAsync(_admin));
        TestLibrary.Allowed(await Change.ChangeSettingsAsync(_admin, 1, "Town library", null, [DayOfWeek.Monday], 10));
        Assert.True(await database.Outbox.AnyAsync());
        Assert.Null(await _library.Get<WatchDates>().RunAsync(_library.Librarian));
    }

    async Task<DateTimeOffset> DueAsync()
    {
        await using var database = _library.Open();
        return (await database.Loans.SingleAsync()).DueAt;
    }

    async Task<(JobState?, DatesMoved?)> WatchAsync()
    {
        var view = await _library.Get<WatchDates>().RunAsync(_admin);
        Assert.NotNull(view);
        return (view.Job?.State, view.Moved);
    }

    // What the relay of the outbox does.
    async Task<JobId> HandOverAsync()
    {
        await using var database = _library.Open();
        var message = await database.Outbox.OrderBy(message => message.Id).LastAsync();
        _library.Jobs.Set(message.JobId, JobState.Queued);
        await database.Outbox.ExecuteDeleteAsync();
        return message.JobId;
    }

    ChangeCalendar Change => _library.Get<ChangeCalendar>();

    async Task<DateTimeOffset> DueAsync(Guid loan)
    {
        await using var database = _library.Open();
        return await database.Loans.Where(row => row.Id == loan).Select(row => row.DueAt).SingleAsync();
    }
}
