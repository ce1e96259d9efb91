using LibraryPortal.Circulation.Loans;
using LibraryPortal.Circulation.Nightly;
using LibraryPortal.Circulation.Patrons;
using LibraryPortal.Circulation.Requests;
using LibraryPortal.Domain.Calendar;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Domain.Requests;
using LibraryPortal.Features.Worklist;
using LibraryPortal.Identity;
using LibraryPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using static LibraryPortal.Tests.Support.TestLibrary;

namespace LibraryPortal.Tests.Circulation;

/// <summary>What happens by itself: on time, late, twice and beside itself.</summary>
public sealed partial class NightlyTests
{
    [Fact]
    public async Task Row7_Expire_EndsWhatIsPastItsDateOnceAndTellsTheReader()
    {
        await using var library = await CreateAsync();
        var ada = await library.AddReaderAsync("ada");
        var request = await library.RequestAsync(ada, await library.AddTitleAsync("Emma"));
        library.Clock.Advance(new DateTimeOffset(2026, 5, 1, 23, 59, 59, TimeSpan.Zero) - library.Clock.GetUtcNow());
        await NightAsync(library);
        Assert.Equal(RequestState.Pending, await library.StateAsync(request));

        library.Clock.Advance(TimeSpan.FromMinutes(11));
        // Until the night has come, nobody is asked to decide about it, and nobody can.
        Refused(await library.Get<ApproveRequest>().RunAsync(library.Librarian, request), "request-state");
        Assert.Empty(Allowed(await library.Get<ListWork>().RunAsync(library.Librarian, WorkTab.ToDecide, 1)).Page.Items);
        await Task.WhenAll(NightAsync(library), NightAsync(library));
        await NightAsync(library);

        Assert.Equal(RequestState.Expired, await library.StateAsync(request));
        Assert.Equal(["“Emma” could not be had until 1 May 2026, so your request has ended. You can ask for it again."], await library.NoticesAsync(ada));
        Assert.Single(await library.AuditAsync(), entry => entry.Action == "request.expired" && entry.ActorName == "The portal");
        await using var database = library.Open();
        Assert.Equal(1, await database.Mail.CountAsync(mail => mail.Kind == "request.expired"));
    }

    [Fact]
    public async Task Row8_ExpirePickup_GivesTheCopyToTheNextButNotWhileClosed()
    {
        await using var library = await CreateAsync();
        var (ada, ben) = (await library.AddReaderAsync("ada"), await library.AddReaderAsync("ben"));
        var title = await library.AddTitleAsync("Emma");
        var first = await library.RequestAsync(ada, title);
        var second = await library.RequestAsync(ben, title);
        await library.ApproveAsync(first);
        await library.ApproveAsync(second);
        // Collect by Tuesday, 10 March; closed from the day after to the 13th.
        await CloseAsync(library, new DateOnly(2026, 3, 11), new DateOnly(2026, 3, 13), "Stocktaking");
        library.Clock.Advance(new DateTimeOffset(2026, 3, 11, 0, 10, 0, TimeSpan.Zero) - library.Clock.GetUtcNow());
        await NightAsync(library);
        Assert.Equal(RequestState.Ready, await library.StateAsync(first));

        library.Clock.Advance(TimeSpan.FromDays(3));
        await NightAsync(library);
        await NightAsync(library);

        Assert.Equal((RequestState.PickupExpired, RequestState.Ready), (await library.StateAsync(first), await library.StateAsync(second)));
        Assert.Contains("was not collected", (await library.NoticesAsync(ada))[^1], StringComparison.Ordinal);
        Assert.Equal([CopyState.SetAside], await library.CopyStatesAsync(title));
    }

    [Fact]
    public async Task Row5_Resume_HappensOnTheDayAfterThePauseAndBeforeTheMatching()
    {
        await using var library = await CreateAsync();
        var ada = await library.AddReaderAsync("ada");
        var title = await library.AddTitleAsync("Emma");
        var request = await library.RequestAsync(ada, title);
        Allowed(await library.Get<PauseRequest>().RunAsync(ada, request, new DateOnly(2026, 3, 9)));
        library.Clock.Advance(new DateTimeOffset(2026, 3, 9, 23, 50, 0, TimeSpan.Zero) - library.Clock.GetUtcNow());
        await NightAsync(library);
        Assert.Equal(RequestState.Paused, await library.StateAsync(request));

        library.Clock.Advance(TimeSpan.FromMinutes(20));
        await NightAsync(library);

        Assert.Equal(RequestState.Pending, await library.StateAsync(request));
        Assert.Contains("The pause of your request for “Emma” is over", Assert.Single(await library.NoticesAsync(ada)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Row5_Resume_OfWhatNobodyNeedsAnyMore_SaysOnlyThatItEnded()
    {
        await using var library = await CreateAsync();
        var ada = await library.AddReaderAsync("ada");
        var request = await library.RequestAsync(ada, await library.AddTitleAsync("Emma"));
        Allowed(await library.Get<PauseRequest>().RunAsync(ada, request, new DateOnly(2026, 3, 20)));
        Refused(await library.Get<ChangeNeededUntil>().RunAsync(ada, request, new DateOnly(2026, 3, 10)), "needed-until");
        // A request of the time before that was refused.
        await using (var database = library.Open())
        {
            await database.Requests.ExecuteUpdateAsync(rows => rows
                .SetProperty(row => row.NeededUntil, new DateOnly(2026, 3, 10)).SetProperty(row => row.ExpiresAt, new DateTimeOffset(2026, 3, 10, 23, 59, 59, TimeSpan.Zero)));
        }

        // The portal was off for some days.
        library.Clock.Advance(new DateTimeOffset(2026, 3, 22, 0, 10, 0, TimeSpan.Zero) - library.Clock.GetUtcNow());

        await NightAsync(library);

        Assert.Equal(RequestState.Expired, await library.StateAsync(request));
        Assert.Contains("Your request has ended.", Assert.Single(await library.NoticesAsync(ada)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Row7_Expire_DoesNotCountTheDaysOfAPause()
    {
        await using var library = await CreateAsync();
        var ada = await library.AddReaderAsync("ada");
        var request = await library.RequestAsync(ada, await library.AddTitleAsync("Emma"));
        var usual = new DateTimeOffset(2026, 5, 1, 23, 59, 59, TimeSpan.Zero);
        Assert.Equal(usual, (await library.FindAsync(request)).ExpiresAt);
        // From Monday, 2 March: 30 days, then moved to 100.
        Allowed(await library.Get<PauseRequest>().RunAsync(ada, request, new DateOnly(2026, 4, 1)));
        Allowed(await library.Get<PauseRequest>().RunAsync(ada, request, new DateOnly(2026, 6, 10)));
        library.Clock.Advance(new DateTimeOffset(2026, 6, 10, 12, 0, 0, TimeSpan.Zero) - library.Clock.GetUtcNow());
        await NightAsync(library);
        Assert.Equal(RequestState.Paused, await library.StateAsync(request));

        library.Clock.Advance(TimeSpan.FromDays(1));
        await NightAsync(library);

        var resumed = await library.FindAsync(request);
        Assert.Equal((RequestState.Pending, usual.AddDays(100)), (resumed.State, resumed.ExpiresAt));
    }

    [Fact]
    public async Task Row5_Resume_BeforeTheEndOfThePause_CountsTheDaysNotTaken()
    {
        await using var library = await CreateAsync();
        var ada = await library.AddReaderAsync("ada");
        var request = await library.RequestAsync(ada, await library.AddTitleAsync("Emma"));
        var usual = (await library.FindAsync(request)).ExpiresAt;
        Allowed(await library.Get<PauseRequest>().RunAsync(ada, request, new DateOnly(2026, 6, 10)));
        Allowed(await library.Get<ChangeNeededUntil>().RunAsync(ada, request, new DateOnly(2026, 12, 1)));
        Allowed(await library.Get<ChangeNeededUntil>().RunAsync(ada, request, null));
        Assert.Equal(usual.AddDays(100), (await library.FindAsync(request)).ExpiresAt);
        library.Clock.Advance(TimeSpan.FromDays(10));
        Allowed(await library.Get<ResumeRequest>().RunAsync(ada, request));
        Assert.Equal(usual.AddDays(10), (await library.FindAsync(request)).ExpiresAt);
    }

    [Fact]
    public async Task Row3_Matching_ServesTheFirstWhateverWayACopyBecameFree()
    {
        await using var library = await CreateAsync();
        var title = await library.AddTitleAsync("Emma");
        var request = await library.RequestAsync(await library.AddReaderAsync("ada"), title);
        await library.ApproveAsync(request);
        var second = await library.RequestAsync(await library.AddReaderAsync("ben"), title);
        await library.ApproveAsync(second);
        await using (var database = library.Open())
        {
            (await database.Titles.Include(row => row.Copies).SingleAsync(row => row.Id == title.Id)).AddCopy("NEW-1");
            await database.SaveChangesAsync();
        }

        await NightAsync(library);

        Assert.Equal(RequestState.Ready, await library.StateAsync(second));
    }

    [Fact]
    public async Task Row5_DaysOfAPauseThatIsOver_AreNotLostWhenTheDateIsChangedToAndFro()
    {
        await using var library = await CreateAsync();
        var ada = await library.AddReaderAsync("ada");
        var request = await library.RequestAsync(ada, await library.AddTitleAsync("Emma"));
        var usual = (await library.FindAsync(request)).ExpiresAt;
        Allowed(await library.Get<PauseRequest>().RunAsync(ada, request, new DateOnly(2026, 6, 10)));
        library.Clock.Advance(new DateTimeOffset(2026, 6, 11, 12, 0, 0, TimeSpan.Zero) - library.Clock.GetUtcNow());
        await NightAsync(library);

        Allowed(await library.Get<ChangeNeededUntil>().RunAsync(ada, request, new DateOnly(2026, 7, 1)));
        Allowed(await library.Get<ChangeNeededUntil>().RunAsync(ada, request, null));
        Assert.Equal(usual.AddDays(100), (await library.FindAsync(request)).ExpiresAt);

        // Also one taken while a date stood.
        Allowed(await library.Get<ChangeNeededUntil>().RunAsync(ada, request, new DateOnly(2026, 12, 1)));
        Allowed(await library.Get<PauseRequest>().RunAsync(ada, request, new DateOnly(2026, 6, 21)));
        library.Clock.Advance(TimeSpan.FromDays(4));
        Allowed(await library.Get<ResumeRequest>().RunAsync(ada, request));
        Allowed(await library.Get<ChangeNeededUntil>().RunAsync(ada, request, null));
        Assert.Equal(usual.AddDays(104), (await library.FindAsync(request)).ExpiresAt);
    }

    [Fact]
    public async Task Closure_MovesPromisedDatesOnceAndSaysWhy()
    {
        await using var library = await CreateAsync();
        var (ada, ben) = (await library.AddReaderAsync("ada"), await library.AddReaderAsync("ben"));
        Allowed(await library.Get<LendCopy>().RunAsync(library.Librarian, ada.UserId, (await library.BarcodesAsync(await library.AddTitleAsync("Emma")))[0]));
        var ready = await library.RequestAsync(ben, await library.AddTitleAsync("Villette"));
        await library.ApproveAsync(ready);
        await CloseAsync(library, new DateOnly(2026, 3, 9), new DateOnly(2026, 3, 24), "Painting");

        await Task.WhenAll(NightAsync(library), NightAsync(library));
        await NightAsync(library);

        Assert.Equal(new DateTimeOffset(2026, 3, 25, 23, 59, 59, TimeSpan.Zero), (await library.LoanAsync(ada)).DueAt);
        Assert.Equal(new DateTimeOffset(2026, 3, 25, 23, 59, 59, TimeSpan.Zero), (await library.FindAsync(ready)).CollectBy);
        Assert.Contains("“Emma” is now due on 25 March 2026: the library is closed on 23 March 2026 (Painting).", await library.NoticesAsync(ada));
        await using var database = library.Open();
        Assert.Equal(["The date of a book was moved", "The date of a book was moved", "“Villette” is ready to collect"],
            await database.Mail.Select(mail => mail.Subject).OrderBy(subject => subject).ToListAsync());
        var audit = await library.AuditAsync();
        Assert.Equal((1, 1), (audit.Count(entry => entry.Action == "loan.due-moved"), audit.Count(entry => entry.Action == "request.collect-moved")));
    }

    [Fact]
    public async Task Round_GoesOnBehindABadRow_AndFailsAtTheEndSoThatItIsTriedAgain()
    {
        await using var library = await CreateAsync();
        var (ada, ben) = (await library.AddReaderAsync("ada"), await library.AddReaderAsync("ben"));
        var (bad, good) = (await library.RequestAsync(ada, await library.AddTitleAsync("Emma")), await library.RequestAsync(ada, await library.AddTitleAsync("Villette")));
        var held = await library.AddTitleAsync("Persuasion");
        var waits = await library.RequestAsync(ben, held);
        await library.ApproveAsync(waits);
        await using var database = library.Open();
        await database.Database.ExecuteSqlRawAsync("CREATE TRIGGER Bad BEFORE UPDATE ON Requests WHEN OLD.Number = 1 BEGIN SELECT RAISE(ABORT, 'a bad row'); END");
        library.Clock.Advance(TimeSpan.FromDays(70));
        var round = new NightlyJob(library.Get<IEnumerable<INightlyStep>>(), NullLogger<NightlyJob>.Instance);
        using var job = new InlineJob();

        var error = await Assert.ThrowsAsync<AggregateException>(() => round.RunAsync(new NightlyRound(), job));

        Assert.Contains("a bad row", Assert.Single(error.InnerExceptions).ToString(), StringComparison.Ordinal);
        Assert.Equal((RequestState.Pending, RequestState.Expired), (await library.StateAsync(bad), await library.StateAsync(good)));
        // The step behind it ran, too.
        Assert.Equal(RequestState.PickupExpired, await library.StateAsync(waits));

        await database.Database.ExecuteSqlRawAsync("DROP TRIGGER Bad");
        await round.RunAsync(new NightlyRound(), job);
        Assert.Equal(RequestState.Expired, await library.StateAsync(bad));
    }

    [Fact]
    public async Task Matching_GoesOnBehindABadTitle()
    {
        await using var library = await CreateAsync();
        List<Guid> requests = [];
        foreach (var name in (string[])["Emma", "Villette"])
        {
            var title = await library.AddTitleAsync(name);
            await library.ApproveAsync(await library.RequestAsync(await library.AddReaderAsync($"first-{name}"), title));
            var next = await library.RequestAsync(await library.AddReaderAsync($"next-{name}"), title);
            await library.ApproveAsync(next);
            requests.Add(next);
            await using var catalog = library.Open();
            (await catalog.Titles.Include(row => row.Copies).SingleAsync(row => row.Id == title.Id)).AddCopy($"NEW-{name}");
            await catalog.SaveChangesAsync();
        }

        await using var database = library.Open();
        await database.Database.ExecuteSqlRawAsync("CREATE TRIGGER Bad BEFORE UPDATE ON Requests WHEN OLD.Number = 2 BEGIN SELECT RAISE(ABORT, 'a bad row'); END");

        var step = library.Get<IEnumerable<INightlyStep>>().OfType<MatchCopies>().Single();
        await Assert.ThrowsAsync<InvalidOperationException>(() => step.RunAsync(default));

        Assert.Equal((RequestState.Queued, RequestState.Ready), (await library.StateAsync(requests[0]), await library.StateAsync(requests[1])));
    }

    static async Task NightAsync(TestLibrary library)
    {
        foreach (var step in library.Get<IEnumerable<INightlyStep>>())
            await step.RunAsync(default);
    }

    static async Task CloseAsync(TestLibrary library, DateOnly first, DateOnly last, string name)
    {
        await using var database = library.Open();
        database.Closures.Add(Allowed(Closure.Of(first, last, name)));
        await database.SaveChangesAsync();
    }
}
