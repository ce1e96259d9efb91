using LibraryPortal.Domain;
using LibraryPortal.Domain.Policies;
using LibraryPortal.Domain.Requests;
using LibraryPortal.Domain.Rules;
using LibraryPortal.Tests.Domain.Calendar;
using static LibraryPortal.Tests.Domain.Rules.RuleSamples;

namespace LibraryPortal.Tests.Domain.Rules;

/// <summary>Rows 2 to 8 of the table in library.md: what becomes of a request before it is lent.</summary>
public sealed class DecisionRulesTests
{
    static readonly RequestState[] All = Enum.GetValues<RequestState>();

    /// <summary>From which states each change is possible; from every other one it is refused with the state in words.</summary>
    public static TheoryData<string, string, RequestState[]> Changes() => new()
    {
        { "Approve", "approved", [RequestState.Pending] },
        { "SetAside", "given a copy", [RequestState.Pending, RequestState.Queued] },
        { "Decline", "declined", [RequestState.Pending] },
        { "Pause", "paused", [RequestState.Pending, RequestState.Queued, RequestState.Paused] },
        { "Resume", "resumed", [RequestState.Paused] },
        { "Cancel", "cancelled", [RequestState.Pending, RequestState.Queued, RequestState.Paused, RequestState.Ready] },
        { "UndoCancel", "reopened", [RequestState.Cancelled] },
        { "Expire", "ended", [RequestState.Pending, RequestState.Queued, RequestState.Paused] },
        { "ExpirePickup", "given up", [RequestState.Ready] },
        { "Lend", "lent", [RequestState.Ready] },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void Change_FromEveryState_IsAllowedOnlyWhereTheTableSays(string change, string verb, RequestState[] states)
    {
        foreach (var state in All)
        {
            var ruling = Judge(change, Request(state));
            if (states.Contains(state))
                AssertAllows(ruling);
            else
                AssertRefuses(ruling, RuleCode.RequestState, $"R-000042 is {state.Words()}, so it cannot be {verb}.");
        }
    }

    [Theory]
    [InlineData("Pause")]
    [InlineData("Resume")]
    [InlineData("Cancel")]
    [InlineData("UndoCancel")]
    public void Change_ByAStranger_DoesNotEvenSayThatItExists(string change)
    {
        var refusal = Judge(change, Request(RequestState.Declined), RuleActor.Stranger).Breaks.Single().For(RuleListener.Patron);
        Assert.Equal((RefusalKind.NotFound, "There is no such request."), (refusal.Kind, refusal.Message));
    }

    [Fact]
    public void Approve_WhenTitleIsNotHeld_IsRefused() => AssertRefuses(
        Engine.Approve(Request(RequestState.Pending), Emma with { IsHeld = false, LendableCopies = 0 }, Now), RuleCode.TitleNotHeld,
        "“Emma” is not in the catalogue, so there is no copy to lend.",
        "“Emma” is not in the catalogue, so there is no copy to lend. Add the title first, or decline with a reason.");

    [Fact]
    public void Approve_WhenNoCopyCanBeLent_IsRefused() => AssertRefuses(
        Engine.Approve(Request(RequestState.Pending), Emma with { LendableCopies = 0, FreeCopies = 0 }, Now), RuleCode.NoLendableCopy,
        "The library has no copy of “Emma” that can be lent at present.",
        "The library has no copy of “Emma” that can be lent at present. Add a copy, or decline with a reason.");

    [Fact]
    public void Approve_WhenNoCopyIsFree_IsAllowed() => AssertAllows(Engine.Approve(Request(RequestState.Pending), Emma with { FreeCopies = 0 }, Now));

    [Fact]
    public void SetAside_WhenNoCopyIsFree_IsRefused() => AssertRefuses(
        LibraryRules.SetAside(Request(RequestState.Queued), Emma with { FreeCopies = 0 }), RuleCode.NoFreeCopy, "No copy of “Emma” is free.");

    [Fact]
    public void SetAside_WhenAnotherComesFirst_NamesItToTheLibrarianOnly() => AssertRefuses(
        LibraryRules.SetAside(Request(RequestState.Queued) with { Earlier = "R-000040" }, Emma), RuleCode.NotFirst,
        "Another reader comes before you in the queue for “Emma”.",
        "R-000040 comes before R-000042 in the queue for “Emma”.", mayOverride: true);

    [Theory]
    [InlineData(null)]
    [InlineData("  ")]
    public void Decline_WithoutAReason_IsRefused(string? reason) =>
        AssertRefuses(LibraryRules.Decline(Request(RequestState.Pending), reason), RuleCode.ReasonEmpty, "Say why, so that the reader knows.");

    [Fact]
    public void Decline_WithTooLongAReason_IsRefused() => AssertRefuses(LibraryRules.Decline(Request(RequestState.Pending), new string('x', 1200)),
        RuleCode.ReasonTooLong, "The reason may have 500 characters; this one has 1,200.", number: 500);

    [Theory]
    [InlineData("2026-05-01", RuleCode.PauseTooShort, "A pause must end after today; you chose 1 May 2026.", null)]
    [InlineData("2025-05-01", RuleCode.PauseTooShort, "A pause must end after today; you chose 1 May 2025.", null)]
    [InlineData("2027-05-02", RuleCode.PauseTooLong, "A pause may last 365 days, until 1 May 2027 at the latest; you chose 2 May 2027.", 365)]
    public void Pause_WhenItsEndDoesNotFit_IsRefused(string until, string rule, string sentence, int? number) => AssertRefuses(
        Engine.Pause(Request(RequestState.Queued), RuleActor.Owner, CalendarSamples.Date(until), PolicyDefaults.Adult, Now), rule, sentence, number: number);

    [Theory]
    [InlineData("2026-05-02")]
    [InlineData("2027-05-01")]
    public void Pause_WhenItsEndFits_IsAllowed(string until) =>
        AssertAllows(Engine.Pause(Request(RequestState.Queued), RuleActor.Owner, CalendarSamples.Date(until), PolicyDefaults.Adult, Now));

    [Theory]
    // Rested for 100 days before, waiting now: 265 are left.
    [InlineData(100, null, "2027-01-21", null)]
    [InlineData(100, null, "2027-01-22", "A request may rest for 365 days in all, and R-000042 has rested for 100 of them: until 21 January 2027 at the latest; you chose 22 January 2027.")]
    // Resting since 20 days, and 10 to come.
    [InlineData(30, "2026-05-11", "2027-04-11", null)]
    [InlineData(30, "2026-05-11", "2027-04-12", "A request may rest for 365 days in all, and R-000042 has rested for 20 of them: until 11 April 2027 at the latest; you chose 12 April 2027.")]
    [InlineData(365, null, "2026-05-02", "R-000042 has rested for 365 days, and 365 days are the most for one request, so it cannot rest any longer.")]
    // Made longer than that before there was a limit: it can only be made shorter.
    [InlineData(600, "2026-06-30", "2026-06-29", null)]
    [InlineData(600, "2026-06-30", "2026-07-01", "R-000042 has rested for 540 days, and 365 days are the most for one request, so it cannot rest any longer.")]
    // Begun before days were counted, with 50 of them to come.
    [InlineData(0, "2026-06-20", "2027-05-01", null)]
    [InlineData(0, "2026-06-20", "2027-05-02", "A pause may last 365 days, until 1 May 2027 at the latest; you chose 2 May 2027.")]
    public void Pause_OfARequestThatHasRested_CountsTheDaysOfAll(int rested, string? pausedUntil, string until, string? sentence)
    {
        var request = Request(pausedUntil is null ? RequestState.Queued : RequestState.Paused) with
        {
            RestedDays = rested,
            PausedUntil = pausedUntil is null ? null : CalendarSamples.Date(pausedUntil),
        };
        var ruling = Engine.Pause(request, RuleActor.Owner, CalendarSamples.Date(until), PolicyDefaults.Adult, Now);
        if (sentence is null)
            AssertAllows(ruling);
        else
            AssertRefuses(ruling, RuleCode.PauseTooLong, sentence, number: 365);
    }

    [Fact]
    public void Pause_UntilTheBookIsNotNeededAnyMore_IsRefused()
    {
        var request = Request(RequestState.Queued) with { NeededUntil = CalendarSamples.Date("2026-05-20") };
        AssertRefuses(Engine.Pause(request, RuleActor.Owner, CalendarSamples.Date("2026-05-20"), PolicyDefaults.Adult, Now), RuleCode.PauseTooLong,
            "R-000042 is needed until 20 May 2026, so a pause must end before that; you chose 20 May 2026.");
        AssertAllows(Engine.Pause(request, RuleActor.Owner, CalendarSamples.Date("2026-05-19"), PolicyDefaults.Adult, Now));
    }

    [Fact]
    public void Cancel_ByALibrarian_NeedsAReason()
    {
        AssertRefuses(LibraryRules.Cancel(Request(RequestState.Queued), RuleActor.Librarian, ""), RuleCode.ReasonEmpty, "Say why, so that the reader knows.");
        AssertAllows(LibraryRules.Cancel(Request(RequestState.Queued), RuleActor.Librarian, "Moved away"));
        AssertAllows(LibraryRules.Cancel(Request(RequestState.Queued), RuleActor.Owner, null));
    }

    [Fact]
    public void UndoCancel_AfterTenMinutes_IsRefused()
    {
        var request = Request(RequestState.Cancelled) with { ClosedAt = Now };
        AssertAllows(Engine.UndoCancel(request, RuleActor.Owner, Ada, Emma, Now.AddMinutes(10)));
        AssertRefuses(Engine.UndoCancel(request, RuleActor.Owner, Ada, Emma, Now.AddMinutes(10).AddSeconds(1)),
            RuleCode.UndoTooLate, "This can be undone for 10 minutes; that time is over.", number: 10);
    }

    [Fact]
    public void UndoCancel_WhenTheTitleWasRequestedAgain_IsRefused() => AssertRefuses(
        Engine.UndoCancel(Request(RequestState.Cancelled) with { ClosedAt = Now }, RuleActor.Owner, Ada, Emma with { OwnRequest = "R-000050", OwnRequestState = RequestState.Pending }, Now),
        RuleCode.AlreadyRequested, "You have already asked for “Emma”: R-000050, waiting for a librarian.",
        "Ada Reader has already asked for “Emma”: R-000050, waiting for a librarian.");

    [Fact]
    public void Expire_BeforeItsDate_IsRefusedUntilTheNextDay()
    {
        var request = Request(RequestState.Queued);
        AssertRefuses(Engine.Expire(request, request.ExpiresAt), RuleCode.NotExpired, "R-000042 is open until 30 June 2026.", earliest: "2026-07-01 00:00");
        AssertAllows(Engine.Expire(request, CalendarSamples.At("2026-07-01 00:00")));
    }

    [Fact]
    public void ExpirePickup_BeforeItsDate_IsRefused() => AssertRefuses(
        Engine.ExpirePickup(Request(RequestState.Ready), CalendarSamples.At("2026-05-09 23:59:59")),
        RuleCode.NotExpired, "R-000042 can be collected until 9 May 2026.", earliest: "2026-05-11 00:00");

    [Fact]
    public void ExpirePickup_WhileTheLibraryIsClosed_Waits() => AssertRefuses(
        Engine.ExpirePickup(Request(RequestState.Ready), CalendarSamples.At("2026-05-10 02:00")),
        RuleCode.LibraryClosed, "The library is closed today, so R-000042 is kept until it opens.", earliest: "2026-05-11 00:00");

    [Fact]
    public void ExpirePickup_WhenAClosureHitsTheDate_MovesIt()
    {
        var rules = With(("2026-05-08", "2026-05-12", "Burst pipe"));
        AssertRefuses(rules.ExpirePickup(Request(RequestState.Ready), CalendarSamples.At("2026-05-13 12:00")),
            RuleCode.NotExpired, "R-000042 can be collected until 13 May 2026.", earliest: "2026-05-14 00:00");
        AssertAllows(rules.ExpirePickup(Request(RequestState.Ready), CalendarSamples.At("2026-05-14 00:00")));
    }

    [Fact]
    public void Approve_AfterTheDateOfTheRequest_IsRefused()
    {
        var request = Request(RequestState.Pending);
        AssertAllows(Engine.Approve(request, Emma, request.ExpiresAt));
        AssertRefuses(Engine.Approve(request, Emma, request.ExpiresAt.AddSeconds(1)), RuleCode.RequestState, "R-000042 was needed until 30 June 2026, so it cannot be approved any more.");
    }

    [Fact]
    public void UndoCancel_ByItsReader_AsksWhatRequestingAsks_ButNotByTheLibrarianWhoCancelled()
    {
        var request = Request(RequestState.Cancelled) with { ClosedAt = Now };
        var full = Ada with { OpenRequests = Ada.Policy.OpenRequests };
        Assert.Equal(RuleCode.OpenRequests, Assert.Single(Engine.UndoCancel(request, RuleActor.Owner, full, Emma, Now).Breaks).Rule);
        Assert.Equal(RuleCode.AccountBlocked, Assert.Single(Engine.UndoCancel(request, RuleActor.Owner, Ada with { BlockReason = "Unpaid fees" }, Emma, Now).Breaks).Rule);
        AssertAllows(Engine.UndoCancel(request, RuleActor.Librarian, full, Emma, Now));
    }

    [Fact]
    public void NeededUntil_BeforeTheEndOfAPause_IsRefused()
    {
        var request = Request(RequestState.Paused) with { PausedUntil = CalendarSamples.Date("2026-05-20") };
        AssertRefuses(Engine.ChangeNeededUntil(request, RuleActor.Owner, CalendarSamples.Date("2026-05-20"), Now, Now), RuleCode.NeededUntil,
            "R-000042 rests until 20 May 2026, so it must be needed longer than that; you chose 20 May 2026. Resume it first.");
        AssertAllows(Engine.ChangeNeededUntil(request, RuleActor.Owner, CalendarSamples.Date("2026-05-21"), Now, Now));
    }

    static Ruling Judge(string change, RequestFacts request, RuleActor actor = RuleActor.Owner) => change switch
    {
        "Approve" => Engine.Approve(request, Emma, Now),
        "SetAside" => LibraryRules.SetAside(request, Emma),
        "Decline" => LibraryRules.Decline(request, "Not for children"),
        "Pause" => Engine.Pause(request, actor, CalendarSamples.Date("2026-05-20"), PolicyDefaults.Adult, Now),
        "Resume" => LibraryRules.Resume(request, actor),
        "Cancel" => LibraryRules.Cancel(request, actor, null),
        "UndoCancel" => Engine.UndoCancel(request, actor, Ada, Emma, Now),
        "Expire" => Engine.Expire(request, request.ExpiresAt.AddDays(1)),
        "ExpirePickup" => Engine.ExpirePickup(request, CalendarSamples.At("2026-05-11 00:00")),
        "Lend" => Engine.Lend(Ada, request, KeptCopy with { Barcode = request.Copy ?? KeptCopy.Barcode }, Now),
        _ => throw new ArgumentOutOfRangeException(nameof(change)),
    };
}
