using LibraryPortal.Domain;
using LibraryPortal.Domain.Policies;
using LibraryPortal.Domain.Requests;
using LibraryPortal.Domain.Rules;
using LibraryPortal.Tests.Domain.Calendar;
using static LibraryPortal.Tests.Domain.Rules.RuleSamples;

namespace LibraryPortal.Tests.Domain.Rules;

/// <summary>Row 1 of the table in library.md, guard by guard.</summary>
public sealed class RequestRulesTests
{
    [Fact]
    public void Request_WhenNothingStandsInTheWay_IsAllowed() => AssertAllows(Engine.Request(Ada, Emma, Now));

    [Fact]
    public void Request_WhenTitleIsNotHeldOrCannotBeLent_IsAllowed()
    {
        AssertAllows(Engine.Request(Ada, Emma with { IsHeld = false, LendableCopies = 0, FreeCopies = 0 }, Now));
        AssertAllows(Engine.Request(Ada, Emma with { LendableCopies = 0, FreeCopies = 0 }, Now));
    }

    [Fact]
    public void Request_WhenAccountIsClosed_IsRefused() => AssertRefuses(Engine.Request(Ada with { IsActive = false }, Emma, Now),
        RuleCode.AccountClosed, "Your account is closed. Ask at the desk.", "The account of Ada Reader is closed.");

    [Fact]
    public void Request_WhenBlockedUntilADate_SaysWhenItEnds() => AssertRefuses(
        Engine.Request(Ada with { BlockReason = "unpaid damage to “Emma”", BlockedUntil = CalendarSamples.Date("2026-05-03") }, Emma, Now),
        RuleCode.AccountBlocked,
        "Your account is blocked until 3 May 2026: unpaid damage to “Emma”. Ask at the desk.",
        "The account of Ada Reader is blocked until 3 May 2026: unpaid damage to “Emma”.",
        earliest: "2026-05-04 00:00", mayOverride: true);

    [Fact]
    public void Request_WhenBlockedWithoutEnd_SaysWhy() => AssertRefuses(
        Engine.Request(Ada with { BlockReason = "A book came back wet." }, Emma, Now),
        RuleCode.AccountBlocked,
        "Your account is blocked: A book came back wet. Ask at the desk.",
        "The account of Ada Reader is blocked: A book came back wet.", mayOverride: true);

    [Fact]
    public void Request_WhenBlockIsOver_IsAllowed()
    {
        var blocked = Ada with { BlockReason = "Late.", BlockedUntil = CalendarSamples.Date("2026-05-01") };
        Assert.False(Engine.Request(blocked, Emma, CalendarSamples.At("2026-05-01 23:59:59")).IsAllowed);
        AssertAllows(Engine.Request(blocked, Emma, CalendarSamples.At("2026-05-02 00:00")));
    }

    [Theory]
    [InlineData(3, "You have 3 overdue books. Return one, and you can request, borrow and renew again.")]
    [InlineData(4, "You have 4 overdue books. Return 2 of them, and you can request, borrow and renew again.")]
    public void Request_WhenTooMuchIsOverdue_SaysHowMuchToReturn(int overdue, string sentence) => AssertRefuses(
        Engine.Request(Ada with { Loans = overdue, Overdue = overdue }, Emma, Now), RuleCode.Overdue, sentence,
        $"Ada Reader has {overdue} overdue books; 3 stop requests, loans and renewals for Adult.", number: 3, mayOverride: true);

    [Fact]
    public void Request_WhenFewAreOverdueOrNoneBlocks_IsAllowed()
    {
        AssertAllows(Engine.Request(Ada with { Overdue = 2 }, Emma, Now));
        AssertAllows(Engine.Request(Ada with { Overdue = 9, Policy = PolicyDefaults.Adult with { OverdueBlock = 0 } }, Emma, Now));
        Assert.Equal("You have 2 overdue books. Return them, and you can request, borrow and renew again.",
            Engine.Request(Ada with { Overdue = 2, Policy = PolicyDefaults.Adult with { OverdueBlock = 1 } }, Emma, Now).Breaks.Single().ToPatron);
    }

    [Theory]
    [InlineData(RequestState.Queued, "You have already asked for “Emma”: R-000007, waiting for a copy.")]
    [InlineData(RequestState.Paused, "You have already asked for “Emma”: R-000007, paused.")]
    public void Request_WhenAlreadyRequested_NamesTheRequest(RequestState state, string sentence) => AssertRefuses(
        Engine.Request(Ada, Emma with { OwnRequest = "R-000007", OwnRequestState = state }, Now),
        RuleCode.AlreadyRequested, sentence, sentence.Replace("You have", "Ada Reader has", StringComparison.Ordinal));

    [Fact]
    public void Request_WhenOnLoanToThePatron_PointsToRenewal() => AssertRefuses(
        Engine.Request(Ada, Emma with { OwnLoanDueAt = CalendarSamples.At("2026-05-04 23:59:59") }, Now), RuleCode.AlreadyOnLoan,
        "You have “Emma” on loan until 4 May 2026. Renew it instead.",
        "Ada Reader has “Emma” on loan until 4 May 2026.");

    [Fact]
    public void Request_WhenOpenRequestsAreAtTheLimit_IsRefused()
    {
        AssertRefuses(Engine.Request(Ada with { OpenRequests = 5 }, Emma, Now), RuleCode.OpenRequests,
            "You have 5 open requests, the most for Adult. Cancel one, or wait until one is filled.",
            "Ada Reader has 5 open requests, the most for Adult.", number: 5, mayOverride: true);
        AssertAllows(Engine.Request(Ada with { OpenRequests = 4 }, Emma, Now));
        AssertRefuses(Engine.Request(Ada with { Policy = PolicyDefaults.Adult with { Category = "Guest", OpenRequests = 0 } }, Emma, Now), RuleCode.OpenRequests,
            "Requests are not open to Guest. Ask at the desk.", "Requests are not open to Guest.", number: 0, mayOverride: true);
    }

    [Fact]
    public void Request_WhenTheDaysLimitIsReached_SaysTomorrow()
    {
        AssertRefuses(Engine.Request(Ada with { RequestsToday = 10 }, Emma, Now), RuleCode.RequestsPerDay,
            "You have placed 10 requests today, the most for one day. You can place the next one tomorrow.",
            "Ada Reader has placed 10 requests today, the most for one day.", number: 10, earliest: "2026-05-02 00:00", mayOverride: true);
        AssertAllows(Engine.Request(Ada with { RequestsToday = 9 }, Emma, Now));
    }

    [Fact]
    public void Request_WhenSeveralRulesStandInTheWay_TellsAllAndTheHardestFirst()
    {
        var ruling = Engine.Request(Ada with { OpenRequests = 5, RequestsToday = 10 }, Emma with { OwnRequest = "R-000007" }, Now);
        Assert.Equal([RuleCode.AlreadyRequested, RuleCode.OpenRequests, RuleCode.RequestsPerDay], ruling.Breaks.Select(rule => rule.Rule));
        var blocked = Engine.Request(Ada with { BlockReason = "Late.", IsActive = true }, Emma with { OwnRequest = "R-000007" }, Now);
        Assert.Equal(RuleCode.AlreadyRequested, blocked.Refusal(RuleListener.Librarian)!.Rule);
        Assert.False(blocked.MayOverride);
    }

    [Fact]
    public void Override_WithAReason_IsAllowedWhereTheRulesPermit()
    {
        var ruling = Engine.Request(Ada with { OpenRequests = 5 }, Emma, Now);
        Assert.True(ruling.MayOverride);
        Assert.Null(ruling.RefusalOfOverride("Needs it for an exam"));
        Assert.Equal("Say why you set the rule aside; the reason is kept.", ruling.RefusalOfOverride(" ")!.Message);
        Assert.Equal("The reason may have 500 characters; this one has 501.", ruling.RefusalOfOverride(new string('x', 501))!.Message);
        Assert.Null(Ruling.Allowed.RefusalOfOverride(null));
    }

    [Fact]
    public void Override_OfAFact_IsRefused() =>
        Assert.Equal("The account of Ada Reader is closed.", Engine.Request(Ada with { IsActive = false }, Emma, Now).RefusalOfOverride("Please")!.Message);

    [Fact]
    public void Allows_GivesTheRefusalOnlyWhenRefused()
    {
        Assert.True(Engine.Request(Ada, Emma, Now).Allows(RuleListener.Patron, out var none));
        Assert.Null(none);
        Assert.False(Engine.Request(Ada with { IsActive = false }, Emma, Now).Allows(RuleListener.Patron, out var refusal));
        Assert.Equal(RefusalKind.Forbidden, refusal.Kind);
    }
}
