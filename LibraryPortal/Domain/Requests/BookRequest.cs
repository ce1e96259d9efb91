using LibraryPortal.Domain.Catalog;
using LibraryPortal.Domain.Loans;

namespace LibraryPortal.Domain.Requests;

/// <summary>A patron's wish for one book, from asking to giving it back. Every change is a method that refuses what the present state does not allow.</summary>
public sealed class BookRequest
{
    /// <summary>The longest reason, in characters.</summary>
    public const int MaxReason = 500;

    BookRequest() { }

    public Guid Id { get; private set; } = Guid.CreateVersion7();

    /// <summary>What people call it, and its place in every queue: lower is earlier. Never changes.</summary>
    public long Number { get; private set; }

    /// <summary>Null once the name is forgotten; never while the request is active.</summary>
    public string? PatronId { get; private set; }

    /// <summary>The librarian who asked on the patron's behalf; null: the patron did.</summary>
    public string? PlacedById { get; private set; }

    /// <summary>Null: the library does not hold the book.</summary>
    public int? TitleId { get; private set; }

    /// <summary>Name of the book as it was asked for.</summary>
    public string BookName { get; private set; } = "";

    /// <summary>Folded name, so that the same wish is recognised however it is typed.</summary>
    public string BookKey { get; private set; } = "";

    public RequestState State { get; private set; }

    public DateTimeOffset RequestedAt { get; private set; }

    /// <summary>Nobody needs it any more after this.</summary>
    public DateTimeOffset ExpiresAt { get; private set; }

    /// <summary>The last day on which the patron has use for it; null: not told.</summary>
    public DateOnly? NeededUntil { get; private set; }

    /// <summary>When a librarian approved or declined it, or the policy did.</summary>
    public DateTimeOffset? DecidedAt { get; private set; }

    /// <summary>Who decided; null: nobody yet, or the policy.</summary>
    public string? DecidedById { get; private set; }

    /// <summary>The last day of the pause; null when it is not paused.</summary>
    public DateOnly? PausedUntil { get; private set; }

    /// <summary>Where a pause ends: <see cref="RequestState.Pending"/> or <see cref="RequestState.Queued"/>.</summary>
    public RequestState? PausedFrom { get; private set; }

    /// <summary>When a copy was set aside.</summary>
    public DateTimeOffset? ReadyAt { get; private set; }

    /// <summary>The set-aside copy waits until then.</summary>
    public DateTimeOffset? CollectBy { get; private set; }

    /// <summary>When the loan began.</summary>
    public DateTimeOffset? CollectedAt { get; private set; }

    /// <summary>When the copy came back.</summary>
    public DateTimeOffset? ReturnedAt { get; private set; }

    /// <summary>When it ended, in whatever way.</summary>
    public DateTimeOffset? ClosedAt { get; private set; }

    /// <summary>The state before it was cancelled, for undoing that.</summary>
    public RequestState? CancelledFrom { get; private set; }

    /// <summary>Why a librarian said no.</summary>
    public string? DeclineReason { get; private set; }

    /// <summary>Why a librarian cancelled it.</summary>
    public string? CancelReason { get; private set; }

    /// <summary>When the reader's name was forgotten.</summary>
    public DateTimeOffset? ForgottenAt { get; private set; }

    /// <summary>The copy set aside or lent; stays after the return.</summary>
    public Guid? CopyId { get; private set; }

    /// <summary>Grows with each change, so that of two people who change the same request at once only one wins.</summary>
    public int Version { get; private set; }

    /// <summary>The number as people read it: R-000042.</summary>
    public string DisplayNumber => FormatNumber(Number);

    public static string FormatNumber(long number) => $"R-{number:D6}";

    /// <summary>A patron asks for a book.</summary>
    public static Outcome<BookRequest> Place(RequestedBook book, string patronId, long number, PatronStanding standing, LendingTerms terms, DateTimeOffset now)
    {
        if (standing.SameBook is { } same)
            return new Refusal(RefusalKind.Conflict, $"You have already asked for “{same.BookName}”: {same.DisplayNumber}, {same.State.Words()}.", "already-requested");
        if (standing.OpenRequests >= terms.OpenRequests)
        {
            return new Refusal(RefusalKind.LimitReached,
                $"You have {standing.OpenRequests} open requests, the most one reader may have. Cancel one, or wait until one is filled.", "open-requests");
        }

        if (standing.RequestsToday >= terms.RequestsPerDay)
        {
            return new Refusal(RefusalKind.LimitReached,
                $"You have placed {standing.RequestsToday} requests today, the most for one day. You can place the next one tomorrow.",
                "requests-per-day", terms.StartOfNextDay(now));
        }

        return new BookRequest
        {
            Number = number,
            PatronId = patronId,
            TitleId = book.Title?.Id,
            BookName = book.Name,
            BookKey = TitleKey.For(book.Name, book.Title?.Language),
            RequestedAt = now,
            ExpiresAt = terms.RequestExpiresAt(now),
        };
    }

    /// <summary>A librarian says yes: from now on the request waits for a copy. Whether one is free is the waiting list's next step.</summary>
    public Outcome<BookRequest> Approve(DateTimeOffset now)
    {
        if (State != RequestState.Pending)
            return Wrong("approved");
        if (TitleId is null)
        {
            return new Refusal(RefusalKind.Conflict,
                $"“{BookName}” is not in the catalogue, so there is no copy to lend. Link it to a title of the catalogue, or decline with a reason.", "title-not-held");
        }

        DecidedAt = now;
        Become(RequestState.Queued);
        return this;
    }

    /// <summary>A librarian found, or bought, the book that was asked for by name. The request keeps its number and its place.</summary>
    /// <param name="same">Another active request of this patron for the title, if any.</param>
    public Outcome<BookRequest> LinkTo(RequestedBook book, BookRequest? same)
    {
        if (book.Title is null)
            throw new ArgumentException("A title of the catalogue is needed.", nameof(book));
        if (State != RequestState.Pending)
            return Wrong("linked to a title");
        if (TitleId is not null)
            return new Refusal(RefusalKind.Conflict, $"{DisplayNumber} is already for a title of the catalogue, “{BookName}”.", "already-linked");
        if (same is not null)
            return new Refusal(RefusalKind.Conflict, $"This reader has already asked for “{book.Name}”: {same.DisplayNumber}, {same.State.Words()}.", "already-requested");
        TitleId = book.Title.Id;
        BookName = book.Name;
        BookKey = book.Title.SortKey;
        Version++;
        return this;
    }

    /// <summary>A copy is kept at the desk for this request.</summary>
    public Outcome<BookRequest> SetAside(Copy copy, LendingTerms terms, DateTimeOffset now)
    {
        if (State != RequestState.Queued)
            return Wrong("given a copy");
        if (copy.TitleId != TitleId)
            throw new ArgumentException("The copy is of another title.", nameof(copy));
        if (copy.SetAside().Refusal is { } refusal)
            return refusal;
        CopyId = copy.Id;
        ReadyAt = now;
        CollectBy = terms.CollectBy(now);
        Become(RequestState.Ready);
        return this;
    }

    /// <summary>A librarian says no.</summary>
    public Outcome<BookRequest> Decline(string? reason, DateTimeOffset now)
    {
        if (State != RequestState.Pending)
            return Wrong("declined");
        var words = reason?.Trim() ?? "";
        if (words.Length == 0)
            return new Refusal(RefusalKind.Invalid, "Say why, so that the reader knows.", "reason-empty");
        if (words.Length > MaxReason)
            return new Refusal(RefusalKind.Invalid, $"The reason may have {MaxReason} characters; this one has {words.Length:N0}.", "reason-too-long");
        DeclineReason = words;
        DecidedAt = now;
        Close(RequestState.Declined, now);
        return this;
    }

    /// <summary>The patron no longer wants it.</summary>
    /// <param name="setAside">The copy that waits for it; goes back to the shelf. Needed when <see cref="RequestState.Ready"/>.</param>
    public Outcome<BookRequest> Cancel(Copy? setAside, DateTimeOffset now)
    {
        if (!State.IsOpen())
            return Wrong("cancelled");
        if (State == RequestState.Ready)
        {
            if (setAside is null || setAside.Id != CopyId)
                throw new ArgumentException("The copy set aside for this request is needed.", nameof(setAside));
            if (setAside.Release().Refusal is { } refusal)
                return refusal;
            CopyId = null;
        }

        Close(RequestState.Cancelled, now);
        return this;
    }

    /// <summary>Why a request that is not <see cref="RequestState.Ready"/> cannot be lent.</summary>
    public Refusal NotReady() => Wrong("lent");

    /// <summary>Why a request that is not <see cref="RequestState.OnLoan"/> cannot be returned.</summary>
    public Refusal NotOnLoan() => Wrong("returned");

    /// <summary>The patron takes the copy home; part of <see cref="Loan.Lend"/>.</summary>
    internal Outcome<BookRequest> Collect(DateTimeOffset now)
    {
        if (State != RequestState.Ready)
            return Wrong("lent");
        CollectedAt = now;
        Become(RequestState.OnLoan);
        return this;
    }

    /// <summary>The copy is back; part of <see cref="Loan.Return"/>.</summary>
    internal Outcome<BookRequest> Complete(DateTimeOffset now)
    {
        if (State != RequestState.OnLoan)
            return Wrong("completed");
        ReturnedAt = now;
        Close(RequestState.Completed, now);
        return this;
    }

    Refusal Wrong(string verb) =>
        new(RefusalKind.Conflict, $"{DisplayNumber} is {State.Words()}, so it cannot be {verb}.", "request-state");

    void Close(RequestState state, DateTimeOffset now)
    {
        ClosedAt = now;
        Become(state);
    }

    void Become(RequestState state)
    {
        State = state;
        Version++;
    }
}
