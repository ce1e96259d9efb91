using LibraryPortal.Domain.Calendar;
using LibraryPortal.Domain.Requests;

namespace LibraryPortal.Domain.Rules;

/// <summary>Guards on the title and its queue: library.md, section 2, rows 1, 2, 3, 10 and 11.</summary>
static class TitleGuards
{
    public static RuleBreak? IsNotRequestedYet(PatronFacts patron, TitleFacts title) => title.OwnRequest is null ? null
        : new RuleBreak(RefusalKind.Conflict, RuleCode.AlreadyRequested,
            $"You have already asked for “{title.Name}”: {title.OwnRequest}, {title.OwnRequestState.Words()}.",
            $"{patron.Name} has already asked for “{title.Name}”: {title.OwnRequest}, {title.OwnRequestState.Words()}.");

    public static RuleBreak? IsNotOnLoanYet(PatronFacts patron, TitleFacts title, LibraryZone zone) => title.OwnLoanDueAt is not { } due ? null
        : new RuleBreak(RefusalKind.Conflict, RuleCode.AlreadyOnLoan,
            $"You have “{title.Name}” on loan until {zone.Say(due)}. Renew it instead.",
            $"{patron.Name} has “{title.Name}” on loan until {zone.Say(due)}.");

    public static RuleBreak? IsHeld(TitleFacts title) => title.IsHeld ? null : new RuleBreak(RefusalKind.Conflict, RuleCode.TitleNotHeld,
        $"“{title.Name}” is not in the catalogue, so there is no copy to lend.",
        $"“{title.Name}” is not in the catalogue, so there is no copy to lend. Add the title first, or decline with a reason.");

    public static RuleBreak? HasLendableCopy(TitleFacts title) => !title.IsHeld || title.LendableCopies > 0 ? null
        : new RuleBreak(RefusalKind.Conflict, RuleCode.NoLendableCopy,
            $"The library has no copy of “{title.Name}” that can be lent at present.",
            $"The library has no copy of “{title.Name}” that can be lent at present. Add a copy, or decline with a reason.");

    public static RuleBreak? HasFreeCopy(TitleFacts title) => title.FreeCopies > 0 ? null
        : new RuleBreak(RefusalKind.Conflict, RuleCode.NoFreeCopy, $"No copy of “{title.Name}” is free.");

    /// <summary>For a copy lent off the shelf: those who wait for the title come first.</summary>
    public static RuleBreak? NobodyIsPassedOver(TitleFacts title)
    {
        if (title.OthersWaiting == 0)
            return null;
        var waiting = $"{Waiting(title)} for “{title.Name}” and {(title.OthersWaiting == 1 ? "comes" : "come")} first.";
        return new RuleBreak(RefusalKind.Conflict, RuleCode.OthersWait, $"{waiting} Request it to join the queue.", waiting) { Number = title.OthersWaiting, MayOverride = true };
    }

    /// <summary>For a renewal: whoever waits can have a free copy instead.</summary>
    public static RuleBreak? NobodyNeedsTheCopy(TitleFacts title, LoanFacts loan, LibraryZone zone)
    {
        if (title.OthersWaiting <= title.FreeCopies)
            return null;
        var waiting = Waiting(title);
        return new RuleBreak(RefusalKind.Conflict, RuleCode.OthersWait,
            $"{waiting} for “{title.Name}”. Return it by {zone.Say(loan.DueAt)}.",
            $"{waiting} for “{title.Name}”, and there is no free copy for {(title.OthersWaiting == 1 ? "this reader" : "all of them")}.")
        {
            Number = title.OthersWaiting,
            MayOverride = true,
        };
    }

    static string Waiting(TitleFacts title) => title.OthersWaiting == 1 ? "Another reader waits" : $"{Wording.Count(title.OthersWaiting, "other reader")} wait";
}
