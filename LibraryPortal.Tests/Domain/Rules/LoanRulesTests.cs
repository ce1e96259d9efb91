using LibraryPortal.Domain.Catalog;
using LibraryPortal.Domain.Policies;
using LibraryPortal.Domain.Requests;
using LibraryPortal.Domain.Rules;
using LibraryPortal.Tests.Domain.Calendar;
using static LibraryPortal.Tests.Domain.Rules.RuleSamples;

namespace LibraryPortal.Tests.Domain.Rules;

/// <summary>Rows 9 to 13 of the table in library.md: lending, renewing, taking back, losing.</summary>
public sealed class LoanRulesTests
{
    [Fact]
    public void Lend_OfTheAssignedCopy_IsAllowed() => AssertAllows(Engine.Lend(Ada, Request(RequestState.Ready), KeptCopy, Now));

    [Fact]
    public void Lend_OfAnotherCopy_MayBeOverridden() => AssertRefuses(
        Engine.Lend(Ada, Request(RequestState.Ready), FreeCopy with { Barcode = "C-2" }, Now), RuleCode.OtherCopy,
        "Copy C-2 is not the one set aside for R-000042; that is copy C-1.", mayOverride: true);

    [Theory]
    [InlineData(CopyState.OnLoan, "Copy C-1 is on loan. Take it back first.")]
    [InlineData(CopyState.InRepair, "Copy C-1 is in repair. Put it back on the shelf first.")]
    [InlineData(CopyState.Lost, "Copy C-1 is lost. Mark it as found first.")]
    [InlineData(CopyState.Withdrawn, "Copy C-1 is withdrawn. It is no longer part of the collection.")]
    public void Lend_OfACopyThatCannotLeave_IsRefused(CopyState state, string sentence)
    {
        AssertRefuses(Engine.Lend(Ada, Request(RequestState.Ready), FreeCopy with { State = state }, Now), RuleCode.CopyState, sentence);
        AssertRefuses(Engine.LendWithoutRequest(Ada, FreeCopy with { State = state }, Emma, Now), RuleCode.CopyState, sentence);
    }

    [Fact]
    public void Lend_WhenAccountIsClosedOrBlocked_IsRefused()
    {
        Assert.Equal([RuleCode.AccountClosed], Engine.Lend(Ada with { IsActive = false }, Request(RequestState.Ready), KeptCopy, Now).Breaks.Select(rule => rule.Rule));
        Assert.Equal([RuleCode.AccountBlocked], Engine.Lend(Ada with { BlockReason = "Late." }, Request(RequestState.Ready), KeptCopy, Now).Breaks.Select(rule => rule.Rule));
        Assert.Equal([RuleCode.Overdue], Engine.LendWithoutRequest(Ada with { Overdue = 3 }, FreeCopy, Emma, Now).Breaks.Select(rule => rule.Rule));
    }

    [Fact]
    public void Lend_WhenLoansAreAtTheLimit_IsRefused()
    {
        AssertRefuses(Engine.Lend(Ada with { Loans = 10 }, Request(RequestState.Ready), KeptCopy, Now), RuleCode.Loans,
            "You have 10 books on loan, the most for Adult. Return one first.",
            "Ada Reader has 10 books on loan, the most for Adult.", number: 10, mayOverride: true);
        AssertAllows(Engine.LendWithoutRequest(Ada with { Loans = 9 }, FreeCopy, Emma, Now));
        AssertRefuses(Engine.LendWithoutRequest(Ada with { Policy = PolicyDefaults.Adult with { Category = "Guest", Loans = 0 } }, FreeCopy, Emma, Now), RuleCode.Loans,
            "Loans are not open to Guest. Ask at the desk.", "Loans are not open to Guest.", number: 0, mayOverride: true);
    }

    [Fact]
    public void LendWithoutRequest_OfACopyKeptForThePatron_IsAllowed() => AssertAllows(Engine.LendWithoutRequest(Ada, KeptCopy, Emma with { OthersWaiting = 3 }, Now));

    [Fact]
    public void LendWithoutRequest_OfACopyKeptForAnother_IsRefused() => AssertRefuses(
        Engine.LendWithoutRequest(Ada, KeptCopy with { IsKeptForPatron = false }, Emma, Now), RuleCode.CopyKeptForOther,
        "Copy C-1 is set aside for another reader.",
        "Copy C-1 is set aside for R-000042, which is not a request of Ada Reader.");

    [Theory]
    [InlineData(1, "Another reader waits for “Emma” and comes first. Request it to join the queue.")]
    [InlineData(2, "2 other readers wait for “Emma” and come first. Request it to join the queue.")]
    public void LendWithoutRequest_WhenOthersWait_IsRefused(int waiting, string sentence) => AssertRefuses(
        Engine.LendWithoutRequest(Ada, FreeCopy, Emma with { OthersWaiting = waiting }, Now), RuleCode.OthersWait, sentence,
        sentence[..(sentence.IndexOf('.', StringComparison.Ordinal) + 1)], number: waiting, mayOverride: true);

    [Fact]
    public void Renew_WhenNothingStandsInTheWay_IsAllowed() => AssertAllows(Engine.Renew(Ada, Loan, Emma, Now));

    [Fact]
    public void Renew_WhenReturned_SaysOnlyThat() => AssertRefuses(
        Engine.Renew(Ada with { IsActive = false }, Loan with { ReturnedAt = Now, Renewals = 9 }, Emma, Now), RuleCode.LoanReturned, "“Emma” has already been returned.");

    [Theory]
    [InlineData(2, "twice")]
    [InlineData(3, "3 times")]
    public void Renew_WhenNoneIsLeft_IsRefused(int renewals, string times) => AssertRefuses(
        Engine.Renew(Ada, Loan with { Renewals = renewals }, Emma, Now), RuleCode.Renewals,
        $"You have renewed “Emma” {times}, the most for Adult. Return it by 4 May 2026.",
        $"Ada Reader has renewed “Emma” {times}, the most for Adult.", number: 2, mayOverride: true);

    [Fact]
    public void Renew_WhenTheCategoryMayNot_IsRefused() => AssertRefuses(
        Engine.Renew(Ada with { Policy = PolicyDefaults.Adult with { Category = "Guest", Renewals = 0 } }, Loan, Emma, Now), RuleCode.Renewals,
        "Loans cannot be renewed by Guest. Return it by 4 May 2026.", "Loans cannot be renewed by Guest.", number: 0, mayOverride: true);

    [Fact]
    public void Renew_BeforeTheWindow_SaysFromWhenOn()
    {
        var loan = Loan with { DueAt = CalendarSamples.At("2026-05-16 23:59:59") };
        AssertRefuses(Engine.Renew(Ada, loan, Emma, Now), RuleCode.RenewalWindow,
            "“Emma” is due on 16 May 2026 and can be renewed from 9 May 2026 on.", number: 7, earliest: "2026-05-09 00:00", mayOverride: true);
        AssertAllows(Engine.Renew(Ada, loan, Emma, CalendarSamples.At("2026-05-09 00:00")));
    }

    [Fact]
    public void Renew_WhenOthersNeedTheCopy_IsRefused()
    {
        AssertRefuses(Engine.Renew(Ada, Loan, Emma with { OthersWaiting = 2 }, Now), RuleCode.OthersWait,
            "2 other readers wait for “Emma”. Return it by 4 May 2026.",
            "2 other readers wait for “Emma”, and there is no free copy for all of them.", number: 2, mayOverride: true);
        AssertRefuses(Engine.Renew(Ada, Loan, Emma with { OthersWaiting = 1, FreeCopies = 0 }, Now), RuleCode.OthersWait,
            "Another reader waits for “Emma”. Return it by 4 May 2026.",
            "Another reader waits for “Emma”, and there is no free copy for this reader.", number: 1, mayOverride: true);
        AssertAllows(Engine.Renew(Ada, Loan, Emma with { OthersWaiting = 1 }, Now));
    }

    [Fact]
    public void Renew_WhenSeveralRulesStandInTheWay_PromisesAReaderNoDateThatWillNotHold()
    {
        var loan = Loan with { DueAt = CalendarSamples.At("2026-05-16 23:59:59") };
        // The window opens on 9 May, but somebody waits all the same.
        var waited = Engine.Renew(Ada, loan, Emma with { OthersWaiting = 2 }, Now).Refusal(RuleListener.Patron)!;
        Assert.Equal(("2 other readers wait for “Emma”. Return it by 16 May 2026.", null), (waited.Message, waited.EarliestAt));
        // The block ends after the window opens.
        var blocked = Engine.Renew(Ada with { BlockReason = "A book came back wet.", BlockedUntil = new(2026, 5, 12) }, loan, Emma, Now).Refusal(RuleListener.Patron)!;
        Assert.Equal((RuleCode.AccountBlocked, CalendarSamples.At("2026-05-13 00:00")), (blocked.Rule, blocked.EarliestAt));
        var early = Engine.Renew(Ada with { BlockReason = "A book came back wet.", BlockedUntil = new(2026, 5, 3) }, loan, Emma, Now).Refusal(RuleListener.Patron)!;
        Assert.Equal((RuleCode.RenewalWindow, CalendarSamples.At("2026-05-09 00:00")), (early.Rule, early.EarliestAt));
    }

    [Fact]
    public void Renew_WhenItWouldGainNothing_SaysFromWhenOnItDoes()
    {
        // Two days of loan and a window as long, and the next open day after a closure is the one it is due on already.
        var rules = With(("2026-05-02", "2026-05-08", "Moving house"));
        var patron = Ada with { Policy = PolicyDefaults.Adult with { LoanDays = 2, RenewalWindowDays = 8 } };
        var loan = Loan with { DueAt = CalendarSamples.At("2026-05-09 23:59:59") };
        AssertRefuses(rules.Renew(patron, loan, Emma, Now), RuleCode.RenewalGainsNothing,
            "“Emma” is due on 9 May 2026, and renewing it today would not move that. Renew it from 8 May 2026 on.", number: 2, earliest: "2026-05-08 00:00");
        AssertAllows(rules.Renew(patron, loan, Emma, CalendarSamples.At("2026-05-08 00:00")));
    }

    [Fact]
    public void Renew_WhenBlocked_TellsEveryReason() => Assert.Equal(
        [RuleCode.AccountBlocked, RuleCode.Overdue, RuleCode.OthersWait, RuleCode.Renewals],
        Engine.Renew(Ada with { BlockReason = "Late.", Overdue = 3 }, Loan with { Renewals = 2 }, Emma with { OthersWaiting = 5 }, Now).Breaks.Select(rule => rule.Rule));

    [Fact]
    public void Return_OfACopyOnLoan_IsAllowed() => AssertAllows(LibraryRules.Return(FreeCopy with { State = CopyState.OnLoan }));

    [Theory]
    [InlineData(CopyState.Available, "Copy C-1 is not on loan; it is available.")]
    [InlineData(CopyState.SetAside, "Copy C-1 is not on loan; it is set aside for a request.")]
    [InlineData(CopyState.Lost, "Copy C-1 is not on loan; it is lost.")]
    public void Return_OfAnotherCopy_SaysWhereItIs(CopyState state, string sentence) =>
        AssertRefuses(LibraryRules.Return(FreeCopy with { State = state }), RuleCode.CopyState, sentence);

    [Fact]
    public void UndoReturn_InTime_IsAllowedUntilTheCopyLeft()
    {
        var returned = Loan with { ReturnedAt = Now };
        AssertAllows(LibraryRules.UndoReturn(FreeCopy, returned, Ada, Emma, Now.AddMinutes(10)));
        AssertAllows(LibraryRules.UndoReturn(KeptCopy, returned, Ada, Emma, Now));
        AssertRefuses(LibraryRules.UndoReturn(FreeCopy, returned, Ada, Emma, Now.AddMinutes(11)), RuleCode.UndoTooLate,
            "This can be undone for 10 minutes; that time is over.", number: 10);
        AssertRefuses(LibraryRules.UndoReturn(FreeCopy with { State = CopyState.OnLoan }, returned, Ada, Emma, Now), RuleCode.CopyState,
            "Copy C-1 is on loan by now, so its return cannot be undone.");
    }

    [Fact]
    public void MarkLost_NeedsALoanAndANote()
    {
        AssertAllows(LibraryRules.MarkLost(FreeCopy with { State = CopyState.OnLoan }, "Left on a train"));
        AssertRefuses(LibraryRules.MarkLost(FreeCopy with { State = CopyState.OnLoan }, ""), RuleCode.ReasonEmpty, "Say what is known, so that colleagues can look for it.");
        AssertRefuses(LibraryRules.MarkLost(FreeCopy, "Gone"), RuleCode.CopyState, "Copy C-1 is not on loan; it is available.");
    }

    [Fact]
    public void MarkFound_NeedsALostCopyAndANote()
    {
        AssertAllows(LibraryRules.MarkFound(FreeCopy with { State = CopyState.Lost }, "Behind shelf 4"));
        AssertRefuses(LibraryRules.MarkFound(FreeCopy with { State = CopyState.Lost }, null), RuleCode.ReasonEmpty, "Say where it was found.");
        AssertRefuses(LibraryRules.MarkFound(FreeCopy, "Here"), RuleCode.CopyState, "Copy C-1 is not lost; it is available.");
    }
}
