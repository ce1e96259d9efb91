using LibraryPortal.Domain.Calendar;

namespace LibraryPortal.Domain.Rules;

/// <summary>Guards on the patron: library.md, section 2, rows 1, 9, 10 and 11.</summary>
static class PatronGuards
{
    public static RuleBreak? IsActive(PatronFacts patron) => patron.IsActive ? null : new RuleBreak(RefusalKind.Forbidden, RuleCode.AccountClosed,
        "Your account is closed. Ask at the desk.",
        $"The account of {patron.Name} is closed.");

    public static RuleBreak? IsNotBlocked(PatronFacts patron, LibraryZone zone, DateTimeOffset now)
    {
        if (patron.BlockReason is null || zone.DateAt(now) > patron.BlockedUntil)
            return null;
        var until = patron.BlockedUntil is { } last ? $" until {LibraryZone.Say(last)}" : "";
        var why = Wording.Sentence(patron.BlockReason);
        return new RuleBreak(RefusalKind.Forbidden, RuleCode.AccountBlocked,
            $"Your account is blocked{until}: {why} Ask at the desk.",
            $"The account of {patron.Name} is blocked{until}: {why}")
        {
            EarliestAt = patron.BlockedUntil is { } day ? zone.StartOf(day.AddDays(1)) : null,
            MayOverride = true,
        };
    }

    public static RuleBreak? HasFewOverdue(PatronFacts patron)
    {
        var limit = patron.Policy.OverdueBlock;
        if (limit == 0 || patron.Overdue < limit)
            return null;
        var books = Wording.Count(patron.Overdue, "overdue book");
        var excess = patron.Overdue - limit + 1;
        var remedy = excess == 1 ? "one" : excess == patron.Overdue ? "them" : $"{excess} of them";
        return new RuleBreak(RefusalKind.LimitReached, RuleCode.Overdue,
            $"You have {books}. Return {remedy}, and you can request, borrow and renew again.",
            $"{patron.Name} has {books}; {(limit == 1 ? "one stops" : $"{limit} stop")} requests, loans and renewals for {patron.Policy.Category}.")
        {
            Number = limit,
            MayOverride = true,
        };
    }

    public static RuleBreak? HasRoomForRequest(PatronFacts patron)
    {
        var limit = patron.Policy.OpenRequests;
        if (patron.OpenRequests < limit)
            return null;
        var (kind, category) = (Wording.Count(patron.OpenRequests, "open request"), patron.Policy.Category);
        return limit == 0
            ? new RuleBreak(RefusalKind.LimitReached, RuleCode.OpenRequests, $"Requests are not open to {category}. Ask at the desk.", $"Requests are not open to {category}.") { Number = 0, MayOverride = true }
            : new RuleBreak(RefusalKind.LimitReached, RuleCode.OpenRequests,
                $"You have {kind}, the most for {category}. Cancel one, or wait until one is filled.",
                $"{patron.Name} has {kind}, the most for {category}.") { Number = limit, MayOverride = true };
    }

    public static RuleBreak? HasRoomForToday(PatronFacts patron, LibraryZone zone, DateTimeOffset now)
    {
        var limit = patron.Policy.RequestsPerDay;
        if (patron.RequestsToday < limit)
            return null;
        var placed = Wording.Count(patron.RequestsToday, "request");
        return new RuleBreak(RefusalKind.LimitReached, RuleCode.RequestsPerDay,
            $"You have placed {placed} today, the most for one day. You can place the next one tomorrow.",
            $"{patron.Name} has placed {placed} today, the most for one day.")
        {
            Number = limit,
            EarliestAt = zone.StartOf(zone.DateAt(now).AddDays(1)),
            MayOverride = true,
        };
    }

    public static RuleBreak? HasRoomForLoan(PatronFacts patron)
    {
        var limit = patron.Policy.Loans;
        if (patron.Loans < limit)
            return null;
        var (books, category) = (Wording.Count(patron.Loans, "book"), patron.Policy.Category);
        return limit == 0
            ? new RuleBreak(RefusalKind.LimitReached, RuleCode.Loans, $"Loans are not open to {category}. Ask at the desk.", $"Loans are not open to {category}.") { Number = 0, MayOverride = true }
            : new RuleBreak(RefusalKind.LimitReached, RuleCode.Loans,
                $"You have {books} on loan, the most for {category}. Return one first.",
                $"{patron.Name} has {books} on loan, the most for {category}.") { Number = limit, MayOverride = true };
    }
}
