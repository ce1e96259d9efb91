using LibraryPortal.Domain.Calendar;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Domain.Policies;
using LibraryPortal.Domain.Requests;

namespace LibraryPortal.Domain.Rules;

/// <summary>
/// The one place that says what may be done: a method per row of the table in library.md, section 2, over plain facts. Pages, API, mail and the
/// librarian's override dialog all show what it answers. It changes nothing; the entities do, and refuse by themselves what contradicts their state.
/// </summary>
public sealed class LibraryRules(LibraryCalendar calendar)
{
    /// <summary>For how long a cancellation or a return can be undone.</summary>
    public const int UndoMinutes = RequestGuards.UndoMinutes;

    LibraryZone Zone => calendar.Zone;

    /// <summary>Row 1. A title without a copy that can be lent is asked for like one the library does not hold.</summary>
    /// <param name="neededUntil">The last day on which the patron has use for it; null: not told.</param>
    public Ruling Request(PatronFacts patron, TitleFacts title, DateTimeOffset now, DateOnly? neededUntil = null) => Ruling.Of(
        RequestGuards.NeededUntilFits(neededUntil, Zone, now),
        PatronGuards.IsActive(patron),
        PatronGuards.IsNotBlocked(patron, Zone, now),
        PatronGuards.HasFewOverdue(patron),
        TitleGuards.IsNotRequestedYet(patron, title),
        TitleGuards.IsNotOnLoanYet(patron, title, Zone),
        PatronGuards.HasRoomForRequest(patron),
        PatronGuards.HasRoomForToday(patron, Zone, now));

    /// <summary>What stops this patron from requesting, borrowing and renewing at all.</summary>
    public Ruling Standing(PatronFacts patron, DateTimeOffset now) => Ruling.Of(
        PatronGuards.IsActive(patron),
        PatronGuards.IsNotBlocked(patron, Zone, now),
        PatronGuards.HasFewOverdue(patron));

    /// <summary>Rows 2 and 3, a librarian's yes: a free copy is set aside, or the request waits for one.</summary>
    public Ruling Approve(RequestFacts request, TitleFacts title, DateTimeOffset now) => Ruling.Of(
        RequestGuards.Is(request, "approved", RequestState.Pending),
        RequestGuards.IsStillNeeded(request, Zone, now),
        TitleGuards.IsHeld(title),
        TitleGuards.HasLendableCopy(title));

    /// <summary>Row 1, for a request by name whose title a librarian found: the patron may have borrowed it meanwhile.</summary>
    public Ruling Link(RequestFacts request, PatronFacts patron, TitleFacts title) => Ruling.Of(
        RequestGuards.Is(request, "linked to a title", RequestState.Pending),
        TitleGuards.IsNotOnLoanYet(patron, title, Zone));

    /// <summary>Row 3: a copy is set aside for the request.</summary>
    public static Ruling SetAside(RequestFacts request, TitleFacts title) => Ruling.Of(
        RequestGuards.Is(request, "given a copy", RequestState.Pending, RequestState.Queued),
        TitleGuards.HasFreeCopy(title),
        RequestGuards.IsFirst(request));

    /// <summary>Row 3, with the copy a librarian picked.</summary>
    public static Ruling SetAside(RequestFacts request, CopyFacts copy) => Ruling.Of(
        RequestGuards.Is(request, "given a copy", RequestState.Pending, RequestState.Queued),
        CopyGuards.IsOfTheTitle(request, copy),
        CopyGuards.IsFree(copy),
        RequestGuards.IsFirst(request));

    /// <summary>The patron changes until when the book is needed.</summary>
    /// <param name="usual">Until when it is kept without a date.</param>
    public Ruling ChangeNeededUntil(RequestFacts request, RuleActor actor, DateOnly? until, DateTimeOffset usual, DateTimeOffset now) => Ruling.Of(
        RequestGuards.IsKnownTo(actor),
        RequestGuards.Is(request, "changed", RequestState.Pending, RequestState.Queued, RequestState.Paused),
        until is null ? RequestGuards.UsualTimeGoesOn(usual, Zone, now) : RequestGuards.NeededUntilFits(until, Zone, now),
        RequestGuards.IsNeededAfterItsPause(request, until));

    /// <summary>Row 4.</summary>
    public static Ruling Decline(RequestFacts request, string? reason) => Ruling.Of(
        RequestGuards.Is(request, "declined", RequestState.Pending),
        ReasonGuards.Given(reason, "Say why, so that the reader knows."));

    /// <summary>Row 5; also moves the end of a pause. All pauses of a request together have a limit, so that none is kept for ever.</summary>
    public Ruling Pause(RequestFacts request, RuleActor actor, DateOnly until, LendingPolicy policy, DateTimeOffset now) => Ruling.Of(
        RequestGuards.IsKnownTo(actor),
        RequestGuards.Is(request, "paused", RequestState.Pending, RequestState.Queued, RequestState.Paused),
        RequestGuards.PauseFits(request, until, policy, Zone, now),
        RequestGuards.IsNeededAfter(request, until));

    /// <summary>Row 5, back.</summary>
    public static Ruling Resume(RequestFacts request, RuleActor actor) => Ruling.Of(
        RequestGuards.IsKnownTo(actor),
        RequestGuards.Is(request, "resumed", RequestState.Paused));

    /// <summary>Row 6. A librarian who cancels somebody else's request says why.</summary>
    public static Ruling Cancel(RequestFacts request, RuleActor actor, string? reason) => Ruling.Of(
        RequestGuards.IsKnownTo(actor),
        RequestGuards.Is(request, "cancelled", [.. RequestStates.Open]),
        actor == RuleActor.Librarian ? ReasonGuards.Given(reason, "Say why, so that the reader knows.") : null);

    /// <summary>Row 6, undone. In the meantime the patron may have asked for the title again, or for as much as they may; a librarian's mistake is taken back all the same.</summary>
    public Ruling UndoCancel(RequestFacts request, RuleActor actor, PatronFacts patron, TitleFacts title, DateTimeOffset now) => Ruling.Of(
        RequestGuards.IsKnownTo(actor),
        RequestGuards.Is(request, "reopened", RequestState.Cancelled),
        RequestGuards.IsTheirsToUndo(request, actor),
        request.ClosedAt is { } closed ? RequestGuards.IsRecent(closed, now) : null,
        actor == RuleActor.Owner ? PatronGuards.IsActive(patron) : null,
        actor == RuleActor.Owner ? PatronGuards.IsNotBlocked(patron, Zone, now) : null,
        actor == RuleActor.Owner ? PatronGuards.HasFewOverdue(patron) : null,
        actor == RuleActor.Owner ? PatronGuards.HasRoomForRequest(patron) : null,
        TitleGuards.IsNotRequestedYet(patron, title),
        TitleGuards.IsNotOnLoanYet(patron, title, Zone));

    /// <summary>Row 7.</summary>
    public Ruling Expire(RequestFacts request, DateTimeOffset now) => Ruling.Of(
        RequestGuards.Is(request, "ended", RequestState.Pending, RequestState.Queued, RequestState.Paused),
        RequestGuards.IsPastItsDate(request, Zone, now));

    /// <summary>Row 8.</summary>
    public Ruling ExpirePickup(RequestFacts request, DateTimeOffset now) => RequestGuards.Is(request, "given up", RequestState.Ready) is { } wrong
        ? Ruling.Of(wrong)
        : Ruling.Of(RequestGuards.IsPastCollectBy(request, calendar, now));

    /// <summary>Row 9: the copy set aside for the request is handed over.</summary>
    public Ruling Lend(PatronFacts patron, RequestFacts request, CopyFacts copy, DateTimeOffset now) => Ruling.Of(
        RequestGuards.Is(request, "lent", RequestState.Ready),
        CopyGuards.IsOfTheTitle(request, copy),
        CopyGuards.IsLendable(copy),
        CopyGuards.IsNotKeptForOther(patron, copy),
        CopyGuards.IsTheAssigned(request, copy),
        PatronGuards.IsActive(patron),
        PatronGuards.IsNotBlocked(patron, Zone, now),
        PatronGuards.HasFewOverdue(patron),
        PatronGuards.HasRoomForLoan(patron));

    /// <summary>The part of row 9 that needs no copy: whether one waits for this request at all.</summary>
    public static Ruling Lendable(RequestFacts request) => Ruling.Of(RequestGuards.Is(request, "lent", RequestState.Ready));

    /// <summary>Row 10: a copy is lent at the desk without a request.</summary>
    public Ruling LendWithoutRequest(PatronFacts patron, CopyFacts copy, TitleFacts title, DateTimeOffset now) => Ruling.Of(
        CopyGuards.IsLendable(copy),
        CopyGuards.IsNotKeptForOther(patron, copy),
        copy.State == CopyState.Available ? TitleGuards.NobodyIsPassedOver(title) : null,
        PatronGuards.IsActive(patron),
        PatronGuards.IsNotBlocked(patron, Zone, now),
        PatronGuards.HasFewOverdue(patron),
        PatronGuards.HasRoomForLoan(patron));

    /// <summary>Row 11.</summary>
    public Ruling Renew(PatronFacts patron, LoanFacts loan, TitleFacts title, DateTimeOffset now) => LoanGuards.IsOut(loan) is { } returned
        ? Ruling.Of(returned)
        : Ruling.Of(
            LoanGuards.IsNotLost(loan),
            PatronGuards.IsActive(patron),
            PatronGuards.IsNotBlocked(patron, Zone, now),
            PatronGuards.HasFewOverdue(patron),
            TitleGuards.NobodyNeedsTheCopy(title, loan, Zone),
            LoanGuards.HasRenewalsLeft(patron, loan, Zone),
            LoanGuards.IsInWindow(patron, loan, Zone, now),
            LoanGuards.GainsTime(patron, loan, calendar, now));

    /// <summary>Row 12.</summary>
    public static Ruling Return(CopyFacts copy) => Ruling.Of(CopyGuards.Is(copy, CopyState.OnLoan));

    /// <summary>Row 12, chosen by the request: whether its copy is out at all.</summary>
    public static Ruling Returnable(RequestFacts request) => Ruling.Of(RequestGuards.Is(request, "returned", RequestState.OnLoan));

    /// <summary>Row 12, undone. In the meantime the patron may have asked for the title again.</summary>
    public static Ruling UndoReturn(CopyFacts copy, LoanFacts loan, PatronFacts patron, TitleFacts title, DateTimeOffset now) => Ruling.Of(
        loan.ReturnedAt is { } returned ? RequestGuards.IsRecent(returned, now) : LoanGuards.IsReturned(loan),
        CopyGuards.HasStayed(copy),
        TitleGuards.IsNotRequestedYet(patron, title));

    /// <summary>Rows 9 and 10, undone.</summary>
    public static Ruling UndoLend(LoanFacts loan, DateTimeOffset now) => LoanGuards.IsOut(loan) is { } over
        ? Ruling.Of(over)
        : Ruling.Of(LoanGuards.IsAsItBegan(loan), RequestGuards.IsRecent(loan.LentAt, now));

    /// <summary>Row 13, lost.</summary>
    public static Ruling MarkLost(CopyFacts copy, string? note) => Ruling.Of(
        CopyGuards.Is(copy, CopyState.OnLoan),
        ReasonGuards.Given(note, "Say what is known, so that colleagues can look for it."));

    /// <summary>Row 13, found.</summary>
    public static Ruling MarkFound(CopyFacts copy, string? note) => Ruling.Of(
        CopyGuards.Is(copy, CopyState.Lost),
        ReasonGuards.Given(note, "Say where it was found."));

    /// <summary>A copy that is not on loan goes to repair, out of the collection, missing, or back on the shelf.</summary>
    public static Ruling MoveCopy(CopyFacts copy, CopyState to, string? note) => Ruling.Of(
        CopyGuards.CanBecome(copy, to),
        to == CopyState.Available && string.IsNullOrWhiteSpace(note) ? null : ReasonGuards.Given(note, "Say why; colleagues read it."));
}
