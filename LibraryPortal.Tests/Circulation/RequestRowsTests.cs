using LibraryPortal.Circulation.Requests;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Requests;
using LibraryPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;
using static LibraryPortal.Tests.Support.TestLibrary;

namespace LibraryPortal.Tests.Circulation;

/// <summary>Rows 1 to 6 of library.md, section 2, on a real database: guards, effects, what is recorded and who is told.</summary>
public sealed class RequestRowsTests
{
    [Fact]
    public async Task Row1_Place_RecordsWhoAskedAndWhenItEnds()
    {
        await using var library = await CreateAsync();
        var ada = await library.AddReaderAsync("ada");
        var request = await library.FindAsync(await library.RequestAsync(ada, await library.AddTitleAsync("Emma")));

        Assert.Equal((RequestState.Pending, new DateTimeOffset(2026, 5, 1, 23, 59, 59, TimeSpan.Zero)), (request.State, request.ExpiresAt));
        var entry = Assert.Single(await library.AuditAsync());
        Assert.Equal(("request.placed", ada.UserId, "ada", "R-000001 “Emma”"), (entry.Action, entry.ActorId, entry.ActorName, entry.SubjectName));
        Assert.Null(entry.Before);
        Assert.Contains("\"state\":\"Pending\"", entry.After, StringComparison.Ordinal);
        Assert.DoesNotContain(ada.UserId, entry.After, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Row1_Place_WithADateOfNeed_EndsOnThatDay()
    {
        await using var library = await CreateAsync();
        var ada = await library.AddReaderAsync("ada");
        var title = await library.AddTitleAsync("Emma");
        var refusal = Refused(await library.Get<RequestTitle>().RunAsync(ada, title.Id, new RequestWish { NeededUntil = new DateOnly(2026, 3, 1) }), "needed-until");
        Assert.Equal("“Not needed after” must be today or later; you chose 1 March 2026.", refusal.Message);

        var placed = Allowed(await library.Get<RequestTitle>().RunAsync(ada, title.Id, new RequestWish { NeededUntil = new DateOnly(2026, 3, 20) }));

        Assert.Equal(new DateTimeOffset(2026, 3, 20, 23, 59, 59, TimeSpan.Zero), (await library.FindAsync(placed.Id)).ExpiresAt);
    }

    [Fact]
    public async Task Row1_Place_ForABlockedReader_IsRefusedWithTheReasonAndTheDay()
    {
        await using var library = await CreateAsync();
        var ada = await library.AddReaderAsync("ada");
        var title = await library.AddTitleAsync("Emma");
        Allowed(await library.Get<LibraryPortal.Circulation.Patrons.BlockPatron>().RunAsync(library.Librarian, ada.UserId, "The card is lost", new DateOnly(2026, 3, 6)));

        var refusal = Refused(await library.Get<RequestTitle>().RunAsync(ada, title.Id), "account-blocked");
        Assert.Equal("Your account is blocked until 6 March 2026: The card is lost. Ask at the desk.", refusal.Message);
        Assert.Equal(new DateTimeOffset(2026, 3, 7, 0, 0, 0, TimeSpan.Zero), refusal.EarliestAt);

        library.Clock.Advance(refusal.EarliestAt!.Value - library.Clock.GetUtcNow());
        await library.RequestAsync(ada, title);
    }

    [Fact]
    public async Task Row1_Place_OnBehalf_IsTheStaffsAloneAndMayOverride()
    {
        await using var library = await CreateAsync();
        var ada = await library.AddReaderAsync("ada", "Child");
        var ben = await library.AddReaderAsync("ben");
        var title = await library.AddTitleAsync("Emma");
        for (var i = 0; i < 3; i++)
            await library.RequestAsync(ada, await library.AddTitleAsync($"Book {i}"));
        var wish = new RequestWish { PatronId = ada.UserId };
        Refused(await library.Get<RequestTitle>().RunAsync(ben, title.Id, wish), "unknown-patron");
        var refusal = Refused(await library.Get<RequestTitle>().RunAsync(library.Librarian, title.Id, wish), "open-requests");
        Assert.Equal(("ada has 3 open requests, the most for Child.", true, 3), (refusal.Message, refusal.MayOverride, refusal.Number));
        Refused(await library.Get<RequestTitle>().RunAsync(library.Librarian, title.Id, wish with { OverrideReason = " " }), "reason-empty");
        Assert.False(Refused(await library.Get<RequestTitle>().RunAsync(ada, title.Id, new RequestWish { OverrideReason = "please" }), "open-requests").MayOverride);

        var placed = Allowed(await library.Get<RequestTitle>().RunAsync(library.Librarian, title.Id, wish with { OverrideReason = "Needed for school." }));

        var request = await library.FindAsync(placed.Id);
        Assert.Equal((ada.UserId, library.Librarian.UserId), (request.PatronId, request.PlacedById));
        Assert.Equal("Needed for school.", (await library.AuditAsync())[^1].Reason);
        Assert.Contains("on your behalf", Assert.Single(await library.NoticesAsync(ada)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Row2And3_AutoApproval_SetsACopyAsideOrQueues()
    {
        await using var library = await CreateAsync();
        await library.SetPolicyAsync("Adult", policy => policy with { AutoApproves = true });
        var title = await library.AddTitleAsync("Emma");

        var first = Allowed(await library.Get<RequestTitle>().RunAsync(await library.AddReaderAsync("ada"), title.Id));
        var second = Allowed(await library.Get<RequestTitle>().RunAsync(await library.AddReaderAsync("ben"), title.Id));

        Assert.Equal((RequestState.Ready, RequestState.Queued), (first.State, second.State));
        Assert.Equal("“Emma” is ready to collect, until 10 March 2026; your request is R-000001.", first.Message);
        Assert.Null((await library.FindAsync(first.Id)).DecidedById);
    }

    [Fact]
    public async Task Row3_Approve_PastTheQueue_NeedsAReasonThatIsKept()
    {
        await using var library = await CreateAsync();
        var title = await library.AddTitleAsync("Emma");
        var first = await library.RequestAsync(await library.AddReaderAsync("ada"), title);
        var second = await library.RequestAsync(await library.AddReaderAsync("ben"), title);
        var third = await library.RequestAsync(await library.AddReaderAsync("cleo"), title);
        await library.ApproveAsync(first);
        await library.ApproveAsync(second);
        // A copy that came in without a word: nobody was served yet.
        await using (var database = library.Open())
        {
            (await database.Titles.Include(row => row.Copies).SingleAsync(row => row.Id == title.Id)).AddCopy("NEW-1");
            await database.SaveChangesAsync();
        }

        Assert.True(Refused(await library.Get<ApproveRequest>().RunAsync(library.Librarian, third, "NEW-1"), "not-first-in-queue").MayOverride);
        Refused(await library.Get<ApproveRequest>().RunAsync(library.Librarian, third, "NEW-1", " "), "reason-empty");
        Allowed(await library.Get<ApproveRequest>().RunAsync(library.Librarian, third, "NEW-1", "Travels tomorrow."));

        Assert.Equal((RequestState.Queued, RequestState.Ready), (await library.StateAsync(second), await library.StateAsync(third)));
        Assert.Equal("Travels tomorrow.", (await library.AuditAsync()).Last(entry => entry.Action == "request.approved").Reason);
    }

    [Fact]
    public async Task Row3_Approve_WithAPickedCopy_SetsThatOneAside()
    {
        await using var library = await CreateAsync();
        var title = await library.AddTitleAsync("Emma", copies: 3);
        var other = await library.AddTitleAsync("Villette");
        var request = await library.RequestAsync(await library.AddReaderAsync("ada"), title);
        var last = (await library.BarcodesAsync(title))[^1];
        var foreign = (await library.BarcodesAsync(other))[0];
        Assert.Contains("is “Villette”, but R-000001 is for “Emma”", Refused(await library.Get<ApproveRequest>().RunAsync(library.Librarian, request, foreign), "other-copy").Message, StringComparison.Ordinal);
        Refused(await library.Get<ApproveRequest>().RunAsync(library.Librarian, request, "nonsense"), "unknown-copy");

        var answer = Allowed(await library.Get<ApproveRequest>().RunAsync(library.Librarian, request, last));

        Assert.Contains(last, answer.Message, StringComparison.Ordinal);
        var ready = await library.FindAsync(request);
        // Seven open days from Monday, 2 March: Sunday the 8th does not count.
        Assert.Equal((RequestState.Ready, library.Librarian.UserId, new DateTimeOffset(2026, 3, 10, 23, 59, 59, TimeSpan.Zero)), (ready.State, ready.DecidedById, ready.CollectBy));
        await using var database = library.Open();
        Assert.Equal("request.ready", Assert.Single(await database.Mail.ToListAsync()).Kind);
        Assert.Equal(["request.placed", "request.approved", "request.ready", "copy.set-aside"], (await library.AuditAsync()).Select(entry => entry.Action));
    }

    [Fact]
    public async Task Row4_DeclineSeveral_AnswersEach()
    {
        await using var library = await CreateAsync();
        var title = await library.AddTitleAsync("Emma", copies: 2);
        var ada = await library.AddReaderAsync("ada");
        var first = await library.RequestAsync(ada, title);
        var second = await library.RequestAsync(await library.AddReaderAsync("ben"), title);
        await library.ApproveAsync(second);

        var answers = await library.Get<DeclineRequests>().RunAsync(library.Librarian, [first, second, first], "For the reading room only.");

        Assert.Equal(["R-000001 declined; ada is told why.", "R-000002 is ready to collect, so it cannot be declined."], answers.Select(answer => answer.Message));
        Assert.Equal((RequestState.Declined, RequestState.Ready), (await library.StateAsync(first), await library.StateAsync(second)));
        await using var database = library.Open();
        Assert.Equal(1, await database.Mail.CountAsync(mail => mail.Kind == "request.declined" && mail.UserId == ada.UserId));
        Assert.All(await library.Get<DeclineRequests>().RunAsync(ada, [first], "no"), answer => Assert.Equal("staff-only", answer.Refusal!.Rule));
    }

    [Fact]
    public async Task Row2_ApproveSeveral_GivesTheCopyToTheFirstAndQueuesTheOthers()
    {
        await using var library = await CreateAsync();
        var title = await library.AddTitleAsync("Emma");
        var first = await library.RequestAsync(await library.AddReaderAsync("ada"), title);
        var second = await library.RequestAsync(await library.AddReaderAsync("ben"), title);

        var answers = await library.Get<ApproveRequests>().RunAsync(library.Librarian, [first, second]);

        Assert.Contains("aside for ada", answers[0].Message, StringComparison.Ordinal);
        Assert.Contains("ben is number 1 in the queue", answers[1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Row5_Paused_IsPassedOverAndKeepsItsPlace()
    {
        await using var library = await CreateAsync();
        var title = await library.AddTitleAsync("Emma");
        var (ada, ben, cleo) = (await library.AddReaderAsync("ada"), await library.AddReaderAsync("ben"), await library.AddReaderAsync("cleo"));
        var first = await library.RequestAsync(ada, title);
        await library.ApproveAsync(first);
        await library.LendAsync(first);
        var second = await library.RequestAsync(ben, title);
        var third = await library.RequestAsync(cleo, title);
        await library.ApproveAsync(second);
        await library.ApproveAsync(third);
        Refused(await library.Get<PauseRequest>().RunAsync(ben, second, new DateOnly(2026, 3, 2)), "pause-too-short");
        Assert.Equal(365, Refused(await library.Get<PauseRequest>().RunAsync(ben, second, new DateOnly(2027, 3, 3)), "pause-too-long").Number);
        Refused(await library.Get<PauseRequest>().RunAsync(cleo, second, new DateOnly(2026, 3, 9)), "unknown-request");
        Allowed(await library.Get<PauseRequest>().RunAsync(ben, second, new DateOnly(2026, 3, 9)));

        await library.ReturnAsync(first);
        Assert.Equal((RequestState.Paused, RequestState.Ready), (await library.StateAsync(second), await library.StateAsync(third)));
        await library.LendAsync(third);
        var fourth = await library.RequestAsync(ada, title);
        await library.ApproveAsync(fourth);
        Allowed(await library.Get<ResumeRequest>().RunAsync(ben, second));
        await library.ReturnAsync(third);

        Assert.Equal((RequestState.Ready, RequestState.Queued), (await library.StateAsync(second), await library.StateAsync(fourth)));
        Refused(await library.Get<PauseRequest>().RunAsync(ben, second, new DateOnly(2026, 3, 9)), "request-state");
    }

    [Fact]
    public async Task Row5_APauseThatIsMovedAgainAndAgain_KeepsNoRequestForEver()
    {
        await using var library = await CreateAsync();
        var ada = await library.AddReaderAsync("ada");
        var request = await library.RequestAsync(ada, await library.AddTitleAsync("Emma"));
        Allowed(await PauseAsync(new DateOnly(2027, 3, 2)));
        library.Clock.Advance(TimeSpan.FromDays(300));

        var refusal = Refused(await PauseAsync(new DateOnly(2027, 3, 3)), "pause-too-long");
        Assert.Equal((365, "A request may rest for 365 days in all, and R-000001 has rested for 300 of them: until 2 March 2027 at the latest; you chose 3 March 2027."), (refusal.Number, refusal.Message));
        // What is not taken of a pause counts again.
        Allowed(await library.Get<ResumeRequest>().RunAsync(ada, request));
        Allowed(await PauseAsync(new DateOnly(2027, 3, 2)));
        Assert.Equal(365, (await library.FindAsync(request)).RestedDays);

        Task<Outcome<RequestAnswer>> PauseAsync(DateOnly until) => library.Get<PauseRequest>().RunAsync(ada, request, until);
    }

    [Fact]
    public async Task Row6_Cancel_ThenUndo_HasTheOldPlaceWhileSomebodyElseHasTheCopy()
    {
        await using var library = await CreateAsync();
        var title = await library.AddTitleAsync("Emma");
        var (ada, ben) = (await library.AddReaderAsync("ada"), await library.AddReaderAsync("ben"));
        var first = await library.RequestAsync(ada, title);
        var second = await library.RequestAsync(ben, title);
        await library.ApproveAsync(first);
        await library.ApproveAsync(second);
        Allowed(await library.Get<CancelRequest>().RunAsync(ada, first));
        Assert.Equal(RequestState.Ready, await library.StateAsync(second));

        library.Clock.Advance(TimeSpan.FromMinutes(10));
        Refused(await library.Get<UndoCancelRequest>().RunAsync(ben, first), "unknown-request");
        Allowed(await library.Get<UndoCancelRequest>().RunAsync(ada, first));

        Assert.Equal((RequestState.Queued, RequestState.Ready), (await library.StateAsync(first), await library.StateAsync(second)));
        await library.LendAsync(second);
        await library.ReturnAsync(second);
        Assert.Equal(RequestState.Ready, await library.StateAsync(first));
    }

    [Fact]
    public async Task Row6_Undo_IsRefusedLaterOrWhenAskedForAgainOrWhenTheStaffCancelled()
    {
        await using var library = await CreateAsync();
        var title = await library.AddTitleAsync("Emma", copies: 2);
        var ada = await library.AddReaderAsync("ada");
        var first = await library.RequestAsync(ada, title);
        Allowed(await library.Get<CancelRequest>().RunAsync(ada, first));
        var second = await library.RequestAsync(ada, title);
        Refused(await library.Get<UndoCancelRequest>().RunAsync(ada, first), "already-requested");
        Allowed(await library.Get<CancelRequest>().RunAsync(library.Librarian, second, "Asked by telephone."));
        Assert.Contains("Asked by telephone.", (await library.NoticesAsync(ada))[^1], StringComparison.Ordinal);
        Refused(await library.Get<UndoCancelRequest>().RunAsync(ada, second), "not-your-undo");
        library.Clock.Advance(TimeSpan.FromMinutes(10) + TimeSpan.FromSeconds(1));
        Assert.Equal("This can be undone for 10 minutes; that time is over.", Refused(await library.Get<UndoCancelRequest>().RunAsync(ada, first), "undo-too-late").Message);
        Assert.Equal((RequestState.Cancelled, RequestState.Cancelled), (await library.StateAsync(first), await library.StateAsync(second)));
    }

    [Fact]
    public async Task NeededUntil_ChangesUntilWhenItIsKept()
    {
        await using var library = await CreateAsync();
        var ada = await library.AddReaderAsync("ada");
        var request = await library.RequestAsync(ada, await library.AddTitleAsync("Emma"));

        Assert.Equal("R-000001 is kept until 15 March 2026.", Allowed(await library.Get<ChangeNeededUntil>().RunAsync(ada, request, new DateOnly(2026, 3, 15))).Message);
        Assert.Equal("R-000001 is kept until 1 May 2026.", Allowed(await library.Get<ChangeNeededUntil>().RunAsync(ada, request, null)).Message);
    }

    [Fact]
    public async Task NeededUntil_ClearedAfterTheUsualTime_IsRefusedAndKeepsItsDate()
    {
        await using var library = await CreateAsync();
        var ada = await library.AddReaderAsync("ada");
        var request = await library.RequestAsync(ada, await library.AddTitleAsync("Emma"));
        Allowed(await library.Get<ChangeNeededUntil>().RunAsync(ada, request, new DateOnly(2026, 12, 1)));
        library.Clock.Advance(new DateTimeOffset(2026, 5, 2, 0, 0, 0, TimeSpan.Zero) - library.Clock.GetUtcNow());

        var refusal = Refused(await library.Get<ChangeNeededUntil>().RunAsync(ada, request, null), "needed-until");

        Assert.Equal("Without a date this request would have ended on 1 May 2026. Choose a later date instead, or cancel the request.", refusal.Message);
        Assert.Equal(new DateOnly(2026, 12, 1), (await library.FindAsync(request)).NeededUntil);
    }

    [Fact]
    public async Task Check_SaysBeforehandWhatWouldBeAnswered()
    {
        await using var library = await CreateAsync();
        var ada = await library.AddReaderAsync("ada");
        var title = await library.AddTitleAsync("Emma");
        Assert.Null(await library.Get<CheckRequest>().RunAsync(ada, title.Id));
        await library.RequestAsync(ada, title);
        Assert.Equal("already-requested", (await library.Get<CheckRequest>().RunAsync(ada, title.Id))?.Rule);
        Assert.Equal("ada has already asked for “Emma”: R-000001, waiting for a librarian.", (await library.Get<CheckRequest>().RunAsync(library.Librarian, title.Id, ada.UserId))?.Message);
        Assert.Equal("unknown-patron", (await library.Get<CheckRequest>().RunAsync(ada, title.Id, library.Librarian.UserId))?.Rule);
    }
}
