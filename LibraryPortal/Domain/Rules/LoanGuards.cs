using LibraryPortal.Domain.Calendar;

namespace LibraryPortal.Domain.Rules;

/// <summary>Guards on loans: library.md, section 2, rows 10 to 12.</summary>
static class LoanGuards
{
    public static RuleBreak? IsOut(LoanFacts loan) => loan.ReturnedAt is null ? null
        : new RuleBreak(RefusalKind.Conflict, RuleCode.LoanReturned, $"“{loan.BookName}” has already been returned.");

    public static RuleBreak? IsReturned(LoanFacts loan) => loan.ReturnedAt is not null ? null
        : new RuleBreak(RefusalKind.Conflict, RuleCode.LoanReturned, $"“{loan.BookName}” has not been returned.");

    public static RuleBreak? IsAsItBegan(LoanFacts loan) => !loan.HasChanged ? null
        : new RuleBreak(RefusalKind.Conflict, RuleCode.LoanChanged, $"The loan of “{loan.BookName}” has changed since it began, so lending it cannot be undone. Take it back instead.");

    public static RuleBreak? IsNotLost(LoanFacts loan) => !loan.IsLost ? null
        : new RuleBreak(RefusalKind.Conflict, RuleCode.LoanLost,
            $"“{loan.BookName}” is reported lost. Bring it back, or ask at the desk.",
            $"“{loan.BookName}” is reported lost. Mark it as found first.");

    public static RuleBreak? HasRenewalsLeft(PatronFacts patron, LoanFacts loan, LibraryZone zone)
    {
        var (limit, category) = (patron.Policy.Renewals, patron.Policy.Category);
        if (loan.Renewals < limit)
            return null;
        var back = $"Return it by {zone.Say(loan.DueAt)}.";
        return limit == 0
            ? new RuleBreak(RefusalKind.LimitReached, RuleCode.Renewals, $"Loans cannot be renewed by {category}. {back}", $"Loans cannot be renewed by {category}.") { Number = 0, MayOverride = true }
            : new RuleBreak(RefusalKind.LimitReached, RuleCode.Renewals,
                $"You have renewed “{loan.BookName}” {Times(loan.Renewals)}, the most for {category}. {back}",
                $"{patron.Name} has renewed “{loan.BookName}” {Times(loan.Renewals)}, the most for {category}.") { Number = limit, MayOverride = true };
    }

    public static RuleBreak? IsInWindow(PatronFacts patron, LoanFacts loan, LibraryZone zone, DateTimeOffset now)
    {
        var days = patron.Policy.RenewalWindowDays;
        var opens = zone.StartOf(zone.DateAt(loan.DueAt).AddDays(-days));
        return now >= opens ? null : new RuleBreak(RefusalKind.Conflict, RuleCode.RenewalWindow,
            $"“{loan.BookName}” is due on {zone.Say(loan.DueAt)} and can be renewed from {zone.Say(opens)} on.")
        {
            Number = days,
            EarliestAt = opens,
            MayOverride = true,
        };
    }

    public static RuleBreak? GainsTime(PatronFacts patron, LoanFacts loan, LibraryCalendar calendar, DateTimeOffset now)
    {
        var (zone, days) = (calendar.Zone, patron.Policy.LoanDays);
        if (calendar.DueAt(now, days) > loan.DueAt)
            return null;
        // The first day from which the period ends behind the present date, and on which renewing is allowed at all; a move to an open day only lengthens it.
        var (today, opens) = (zone.DateAt(now), zone.DateAt(loan.DueAt).AddDays(-patron.Policy.RenewalWindowDays));
        var day = today > opens ? today : opens;
        while (zone.EndOf(calendar.NextOpenDay(day.AddDays(days))) <= loan.DueAt)
            day = day.AddDays(1);
        return new RuleBreak(RefusalKind.Conflict, RuleCode.RenewalGainsNothing,
            $"“{loan.BookName}” is due on {zone.Say(loan.DueAt)}, and renewing it today would not move that. Renew it from {LibraryZone.Say(day)} on.")
        {
            Number = days,
            EarliestAt = zone.StartOf(day),
        };
    }

    static string Times(int count) => count switch
    {
        1 => "once",
        2 => "twice",
        _ => Wording.Count(count, "time"),
    };
}
