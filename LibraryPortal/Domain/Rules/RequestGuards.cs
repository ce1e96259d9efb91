using LibraryPortal.Domain.Calendar;
using LibraryPortal.Domain.Policies;
using LibraryPortal.Domain.Requests;

namespace LibraryPortal.Domain.Rules;

/// <summary>Guards on the request itself: library.md, section 2, rows 2 to 9.</summary>
static class RequestGuards
{
    /// <summary>For how long a cancellation or a return can be undone.</summary>
    public const int UndoMinutes = 10;

    /// <summary>The furthest "not needed after", in days.</summary>
    public const int MostNeededDays = 730;

    public static RuleBreak? IsKnownTo(RuleActor actor) => actor != RuleActor.Stranger ? null
        : new RuleBreak(RefusalKind.NotFound, RuleCode.RequestState, "There is no such request.");

    public static RuleBreak? Is(RequestFacts request, string verb, params ReadOnlySpan<RequestState> states) => states.Contains(request.State) ? null
        : new RuleBreak(RefusalKind.Conflict, RuleCode.RequestState, $"{request.Number} is {request.State.Words()}, so it cannot be {verb}.");

    public static RuleBreak? IsFirst(RequestFacts request) => request.Earlier is null ? null
        : new RuleBreak(RefusalKind.Conflict, RuleCode.NotFirst,
            $"Another reader comes before you in the queue for “{request.BookName}”.",
            $"{request.Earlier} comes before {request.Number} in the queue for “{request.BookName}”.") { MayOverride = true };

    /// <summary>All pauses of a request count together, or it could rest for ever by one after the other; a pause may always be made shorter.</summary>
    public static RuleBreak? PauseFits(RequestFacts request, DateOnly until, LendingPolicy policy, LibraryZone zone, DateTimeOffset now)
    {
        var today = zone.DateAt(now);
        if (until <= today)
            return new RuleBreak(RefusalKind.Invalid, RuleCode.PauseTooShort, $"A pause must end after today; you chose {LibraryZone.Say(until)}.");
        // A pause begun before days were counted may have more to come than was counted of it.
        var rested = Math.Max(0, request.RestedDays - (request.PausedUntil is { } end ? end.DayNumber - today.DayNumber : 0));
        var latest = today.AddDays(policy.PauseDays - rested);
        if (until <= latest || until <= request.PausedUntil)
            return null;
        var days = Wording.Count(policy.PauseDays, "day");
        var sentence = rested == 0 ? $"A pause may last {days}, until {LibraryZone.Say(latest)} at the latest; you chose {LibraryZone.Say(until)}."
            : latest > today ? $"A request may rest for {days} in all, and {request.Number} has rested for {rested} of them: until {LibraryZone.Say(latest)} at the latest; you chose {LibraryZone.Say(until)}."
            : $"{request.Number} has rested for {Wording.Count(rested, "day")}, and {days} are the most for one request, so it cannot rest any longer.";
        return new RuleBreak(RefusalKind.Invalid, RuleCode.PauseTooLong, sentence) { Number = policy.PauseDays };
    }

    /// <summary>A pause that lasts to the end of the request's use would only let it end.</summary>
    public static RuleBreak? IsNeededAfter(RequestFacts request, DateOnly until) => request.NeededUntil is not { } needed || until < needed ? null
        : new RuleBreak(RefusalKind.Invalid, RuleCode.PauseTooLong,
            $"{request.Number} is needed until {LibraryZone.Say(needed)}, so a pause must end before that; you chose {LibraryZone.Say(until)}.");

    /// <summary>The same, when the date is chosen after the pause.</summary>
    public static RuleBreak? IsNeededAfterItsPause(RequestFacts request, DateOnly? until) => until is null || request.PausedUntil is not { } paused || until > paused ? null
        : new RuleBreak(RefusalKind.Invalid, RuleCode.NeededUntil,
            $"{request.Number} rests until {LibraryZone.Say(paused)}, so it must be needed longer than that; you chose {LibraryZone.Say(until.Value)}. Resume it first.");

    /// <summary>What ended is given no copy, also before the night that records its end.</summary>
    public static RuleBreak? IsStillNeeded(RequestFacts request, LibraryZone zone, DateTimeOffset now) => now <= request.ExpiresAt ? null
        : new RuleBreak(RefusalKind.Conflict, RuleCode.RequestState, $"{request.Number} was needed until {zone.Say(request.ExpiresAt)}, so it cannot be approved any more.");

    public static RuleBreak? NeededUntilFits(DateOnly? until, LibraryZone zone, DateTimeOffset now)
    {
        if (until is not { } day)
            return null;
        var today = zone.DateAt(now);
        if (day < today)
            return new RuleBreak(RefusalKind.Invalid, RuleCode.NeededUntil, $"“Not needed after” must be today or later; you chose {LibraryZone.Say(day)}.");
        var latest = today.AddDays(MostNeededDays);
        return day <= latest ? null : new RuleBreak(RefusalKind.Invalid, RuleCode.NeededUntil,
            $"A request may be kept for {Wording.Count(MostNeededDays, "day")}, until {LibraryZone.Say(latest)} at the latest; you chose {LibraryZone.Say(day)}.") { Number = MostNeededDays };
    }

    public static RuleBreak? UsualTimeGoesOn(DateTimeOffset usual, LibraryZone zone, DateTimeOffset now) => usual >= now ? null
        : new RuleBreak(RefusalKind.Invalid, RuleCode.NeededUntil,
            $"Without a date this request would have ended on {zone.Say(usual)}. Choose a later date instead, or cancel the request.");

    public static RuleBreak? IsTheirsToUndo(RequestFacts request, RuleActor actor) => actor != RuleActor.Owner || !request.IsCancelledByStaff ? null
        : new RuleBreak(RefusalKind.Forbidden, RuleCode.NotYourUndo, $"A librarian cancelled {request.Number}. Ask at the desk.");

    public static RuleBreak? IsPastItsDate(RequestFacts request, LibraryZone zone, DateTimeOffset now) => now > request.ExpiresAt ? null
        : new RuleBreak(RefusalKind.Conflict, RuleCode.NotExpired, $"{request.Number} is open until {zone.Say(request.ExpiresAt)}.")
        {
            EarliestAt = request.ExpiresAt.AddSeconds(1),
        };

    /// <summary>A collect-by date that a later closure has hit moves to the next open day, and no copy is given on while the library is closed.</summary>
    public static RuleBreak? IsPastCollectBy(RequestFacts request, LibraryCalendar calendar, DateTimeOffset now)
    {
        var until = calendar.Move(request.CollectBy ?? throw new ArgumentException("A ready request has a date to collect by.", nameof(request)));
        var earliest = calendar.Zone.StartOf(calendar.NextOpenDay(calendar.Zone.DateAt(until).AddDays(1)));
        if (now <= until)
        {
            return new RuleBreak(RefusalKind.Conflict, RuleCode.NotExpired, $"{request.Number} can be collected until {calendar.Zone.Say(until)}.")
            {
                EarliestAt = earliest,
            };
        }

        var today = calendar.Zone.DateAt(now);
        return calendar.IsOpen(today) ? null : new RuleBreak(RefusalKind.Conflict, RuleCode.LibraryClosed,
            $"The library is closed today, so {request.Number} is kept until it opens.")
        {
            EarliestAt = calendar.Zone.StartOf(calendar.NextOpenDay(today)),
        };
    }

    public static RuleBreak? IsRecent(DateTimeOffset changedAt, DateTimeOffset now)
    {
        var passed = now - changedAt;
        return passed <= TimeSpan.FromMinutes(UndoMinutes) ? null : new RuleBreak(RefusalKind.Conflict, RuleCode.UndoTooLate,
            $"This can be undone for {UndoMinutes} minutes; that time is over.") { Number = UndoMinutes };
    }
}
