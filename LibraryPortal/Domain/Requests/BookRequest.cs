using LibraryPortal.Domain.Catalog;

namespace LibraryPortal.Domain.Requests;

/// <summary>A patron's wish for one book, from asking to giving it back. Its states are those of library.md, section 2.</summary>
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

    /// <summary>The last day of the pause; null when it is not paused, except while the undo of a step may lead back into it.</summary>
    public DateOnly? PausedUntil { get; private set; }

    /// <summary>Days for which it rested or will: they do not count towards its end. What is not taken of a pause is taken back.</summary>
    public int RestedDays { get; private set; }

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

    // The rules (LibraryRules) say whether a step is allowed. The steps below refuse only what contradicts the request's state, which is a bug.

    /// <summary>A patron asks for a book.</summary>
    /// <param name="placedById">The librarian who asks on the patron's behalf; null: the patron does.</param>
    /// <param name="expiresAt">When nobody needs it any more.</param>
    public static BookRequest Place(
        RequestedBook book, string patronId, string? placedById, long number, DateOnly? neededUntil, DateTimeOffset expiresAt, DateTimeOffset now) => new()
        {
            Number = number,
            PatronId = patronId,
            PlacedById = placedById,
            TitleId = book.Title?.Id,
            BookName = book.Name,
            BookKey = TitleKey.For(book.Name, book.Title?.Language),
            RequestedAt = now,
            NeededUntil = neededUntil,
            ExpiresAt = expiresAt,
        };

    /// <summary>Yes: from now on the request waits for a copy. Whether one is free is the waiting list's next step.</summary>
    /// <param name="byId">The librarian; null: the policy.</param>
    public void Approve(string? byId, DateTimeOffset now)
    {
        Need(RequestState.Pending);
        if (TitleId is null)
            throw new InvalidOperationException($"{DisplayNumber} has no title, so it cannot wait for a copy.");
        DecidedAt = now;
        DecidedById = byId;
        Become(RequestState.Queued);
    }

    /// <summary>A librarian found, or bought, the book that was asked for by name. The request keeps its number and its place.</summary>
    /// <param name="same">Another active request of this patron for the title, if any.</param>
    public Outcome<BookRequest> LinkTo(RequestedBook book, BookRequest? same)
    {
        if (book.Title is null)
            throw new ArgumentException("A title of the catalogue is needed.", nameof(book));
        if (State != RequestState.Pending)
            return new Refusal(RefusalKind.Conflict, $"{DisplayNumber} is {State.Words()}, so it cannot be linked to a title.", "request-state");
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

    /// <summary>The title it is for and this one were two records of the same book, and have become one.</summary>
    public void MergeInto(Title title)
    {
        (TitleId, BookName, BookKey) = (title.Id, title.Name, title.SortKey);
        Version++;
    }

    /// <summary>A copy is kept at the desk for this request.</summary>
    public void SetAside(Copy copy, DateTimeOffset collectBy, DateTimeOffset now)
    {
        Need(RequestState.Queued);
        if (copy.TitleId != TitleId)
            throw new ArgumentException("The copy is of another title.", nameof(copy));
        copy.SetAside();
        CopyId = copy.Id;
        ReadyAt = now;
        CollectBy = collectBy;
        Become(RequestState.Ready);
    }

    /// <summary>A librarian hands this copy over at once, so whatever the request still waited for has come: part of lending, and undone with it.</summary>
    /// <param name="byId">The librarian; null: the patron's own doing.</param>
    public void BringForward(Copy copy, string? byId, DateTimeOffset now)
    {
        Need(RequestState.Pending, RequestState.Queued, RequestState.Paused);
        if (copy.TitleId != TitleId)
            throw new ArgumentException("The copy is of another title.", nameof(copy));
        if (DecidedAt is null)
            (DecidedAt, DecidedById) = (now, byId);
        copy.SetAside();
        (CopyId, ReadyAt, CollectBy) = (copy.Id, now, now);
        // Collecting it is the change: one step, one version, one entry in the audit.
        State = RequestState.Ready;
    }

    /// <summary>The copy set aside is needed elsewhere; the request waits again, at its old place.</summary>
    public void GiveBack(Copy setAside)
    {
        Need(RequestState.Ready);
        Free(setAside);
        ReadyAt = null;
        Become(RequestState.Queued);
    }

    /// <summary>A librarian says no.</summary>
    public void Decline(string reason, string? byId, DateTimeOffset now)
    {
        Need(RequestState.Pending);
        DeclineReason = reason.Trim();
        DecidedAt = now;
        DecidedById = byId;
        Close(RequestState.Declined, now);
    }

    /// <summary>Rests and keeps its place; also moves the end of a pause.</summary>
    /// <param name="until">The last day of the pause.</param>
    /// <param name="days">By how many days that lengthens its rest; negative when the end of a pause comes nearer.</param>
    /// <param name="expiresAt">When nobody needs it any more, the days of rest not counted.</param>
    public void Pause(DateOnly until, int days, DateTimeOffset expiresAt)
    {
        Need(RequestState.Pending, RequestState.Queued, RequestState.Paused);
        PausedFrom = State == RequestState.Paused ? PausedFrom : State;
        PausedUntil = until;
        RestedDays += days;
        ExpiresAt = expiresAt;
        Become(RequestState.Paused);
    }

    /// <summary>Waits again where it waited before the pause.</summary>
    /// <param name="untaken">Days of the pause that are left.</param>
    /// <param name="expiresAt">When nobody needs it any more, days of rest that were not taken counted again.</param>
    public void Resume(int untaken, DateTimeOffset expiresAt)
    {
        Need(RequestState.Paused);
        var from = PausedFrom ?? RequestState.Pending;
        (PausedFrom, PausedUntil) = (null, null);
        RestedDays = Math.Max(0, RestedDays - untaken);
        ExpiresAt = expiresAt;
        Become(from);
    }

    /// <summary>The patron says until when the book is needed.</summary>
    public void NeedUntil(DateOnly? until, DateTimeOffset expiresAt)
    {
        Need(RequestState.Pending, RequestState.Queued, RequestState.Paused);
        NeededUntil = until;
        ExpiresAt = expiresAt;
        Version++;
    }

    /// <summary>The calendar changed, and with it the date until which the copy waits.</summary>
    public void MoveCollectBy(DateTimeOffset collectBy)
    {
        Need(RequestState.Ready);
        CollectBy = collectBy;
        Version++;
    }

    /// <summary>Nobody wants it any more.</summary>
    /// <param name="setAside">The copy that waits for it, which becomes free. Needed when <see cref="RequestState.Ready"/>.</param>
    /// <param name="reason">Why a librarian cancels it; null: the patron does.</param>
    public void Cancel(Copy? setAside, string? reason, DateTimeOffset now)
    {
        Need([.. RequestStates.Open]);
        CancelledFrom = State;
        CancelReason = reason?.Trim();
        if (State == RequestState.Ready)
            Free(setAside);
        Close(RequestState.Cancelled, now);
    }

    /// <summary>The cancellation is taken back. A request that was ready waits again, at its old place.</summary>
    public void UndoCancel()
    {
        Need(RequestState.Cancelled);
        var from = CancelledFrom ?? RequestState.Pending;
        (CancelledFrom, CancelReason, ClosedAt) = (null, null, null);
        ReadyAt = null;
        Become(from == RequestState.Ready ? RequestState.Queued : from);
    }

    /// <summary>Nobody could fill it in time.</summary>
    public void Expire(DateTimeOffset now)
    {
        Need(RequestState.Pending, RequestState.Queued, RequestState.Paused);
        Close(RequestState.Expired, now);
    }

    /// <summary>The copy was not collected in time.</summary>
    public void ExpirePickup(Copy setAside, DateTimeOffset now)
    {
        Need(RequestState.Ready);
        Free(setAside);
        Close(RequestState.PickupExpired, now);
    }

    /// <summary>The reader's name is no longer kept; what was read is.</summary>
    public void Forget(DateTimeOffset now)
    {
        if (State.IsActive())
            throw new InvalidOperationException($"{DisplayNumber} is {State}, so its reader cannot be forgotten.");
        PatronId = null;
        ForgottenAt = now;
        Version++;
    }

    /// <summary>The patron takes the copy home; part of lending.</summary>
    internal void Collect(Copy copy, DateTimeOffset now)
    {
        Need(RequestState.Ready);
        CopyId = copy.Id;
        CollectedAt = now;
        Become(RequestState.OnLoan);
    }

    /// <summary>The copy was not taken home after all; part of undoing that. It waits again for the request, or is free when it had not waited for it before.</summary>
    internal void UndoCollect(Copy copy)
    {
        Need(RequestState.OnLoan);
        copy.Release();
        if (CollectBy == CollectedAt && ReadyAt == CollectedAt)
        {
            if (DecidedAt == CollectedAt)
                (DecidedAt, DecidedById) = (null, null);
            (CopyId, ReadyAt, CollectBy) = (null, null, null);
            Become(PausedUntil is not null ? RequestState.Paused : DecidedAt is null ? RequestState.Pending : RequestState.Queued);
        }
        else
        {
            copy.SetAside();
            Become(RequestState.Ready);
        }

        CollectedAt = null;
    }

    /// <summary>The copy is back, or given up; part of the end of a loan.</summary>
    internal void Complete(DateTimeOffset? returnedAt, DateTimeOffset now)
    {
        Need(RequestState.OnLoan);
        ReturnedAt = returnedAt;
        Close(RequestState.Completed, now);
    }

    /// <summary>The return was a mistake; part of undoing it.</summary>
    internal void UndoComplete()
    {
        Need(RequestState.Completed);
        (ReturnedAt, ClosedAt) = (null, null);
        Become(RequestState.OnLoan);
    }

    void Free(Copy? setAside)
    {
        if (setAside is null || setAside.Id != CopyId)
            throw new ArgumentException("The copy set aside for this request is needed.", nameof(setAside));
        setAside.Release();
        (CopyId, CollectBy) = (null, null);
    }

    void Need(params ReadOnlySpan<RequestState> states)
    {
        if (!states.Contains(State))
            throw new InvalidOperationException($"{DisplayNumber} is {State}, which does not allow this step.");
    }

    void Close(RequestState state, DateTimeOffset now)
    {
        ClosedAt = now;
        (PausedFrom, PausedUntil) = (state == RequestState.Cancelled ? PausedFrom : null, state == RequestState.Cancelled ? PausedUntil : null);
        Become(state);
    }

    void Become(RequestState state)
    {
        State = state;
        Version++;
    }
}
