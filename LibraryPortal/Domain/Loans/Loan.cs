using LibraryPortal.Domain.Catalog;
using LibraryPortal.Domain.Requests;

namespace LibraryPortal.Domain.Loans;

/// <summary>A copy in a patron's hands.</summary>
public sealed class Loan
{
    Loan() { }

    public Guid Id { get; private set; } = Guid.CreateVersion7();

    public Guid CopyId { get; private set; }

    /// <summary>Null once the name is forgotten; never while the copy is out.</summary>
    public string? PatronId { get; private set; }

    /// <summary>The request it fills. Null: lent at the desk without one.</summary>
    public Guid? RequestId { get; private set; }

    public DateTimeOffset LentAt { get; private set; }

    public DateTimeOffset DueAt { get; private set; }

    /// <summary>Null while the copy is out; also set when a lost copy is given up, see <see cref="LostAt"/>.</summary>
    public DateTimeOffset? ReturnedAt { get; private set; }

    /// <summary>When the copy was reported lost; null again once it is found. The loan goes on until then, or until the copy is given up.</summary>
    public DateTimeOffset? LostAt { get; private set; }

    /// <summary>When the reader's name was forgotten.</summary>
    public DateTimeOffset? ForgottenAt { get; private set; }

    /// <summary>How often the due date was moved.</summary>
    public int Renewals { get; private set; }

    /// <summary>Grows with each change, so that of two people who change the same loan at once only one wins.</summary>
    public int Version { get; private set; }

    /// <summary>Hands a copy to a patron.</summary>
    /// <param name="request">The ready request it fills; null: lent at the desk without one.</param>
    public static Loan Lend(Copy copy, string patronId, BookRequest? request, DateTimeOffset dueAt, DateTimeOffset now)
    {
        request?.Collect(copy, now);
        copy.Lend();
        return new Loan { CopyId = copy.Id, PatronId = patronId, RequestId = request?.Id, LentAt = now, DueAt = dueAt };
    }

    /// <summary>The lending was a mistake: the copy never left. The caller removes the loan.</summary>
    public void UndoLend(Copy copy, BookRequest? request)
    {
        NeedOut();
        NeedBelongings(copy, request);
        if (request is null)
            copy.Release();
        else
            request.UndoCollect(copy);
    }

    /// <summary>The patron keeps it longer.</summary>
    public void Renew(DateTimeOffset dueAt)
    {
        NeedOut();
        DueAt = dueAt;
        Renewals++;
        Version++;
    }

    /// <summary>The calendar changed, and with it the due date.</summary>
    public void MoveDue(DateTimeOffset dueAt)
    {
        NeedOut();
        DueAt = dueAt;
        Version++;
    }

    /// <summary>The copy comes back and is free again. Whoever waits for it is the caller's next step.</summary>
    public void Return(Copy copy, BookRequest? request, DateTimeOffset now)
    {
        NeedOut();
        NeedBelongings(copy, request);
        request?.Complete(now, now);
        copy.Release();
        ReturnedAt = now;
        Version++;
    }

    /// <summary>The return was a mistake: the patron still has the copy.</summary>
    /// <param name="copy">Free again by now; whoever it was set aside for has given it back.</param>
    public void UndoReturn(Copy copy, BookRequest? request)
    {
        if (ReturnedAt is null)
            throw new InvalidOperationException("The loan goes on, so no return can be undone.");
        NeedBelongings(copy, request);
        request?.UndoComplete();
        copy.Lend();
        ReturnedAt = null;
        Version++;
    }

    /// <summary>Nobody knows where the copy is. The loan goes on until it is found or given up.</summary>
    public void MarkLost(Copy copy, string note, DateTimeOffset now)
    {
        NeedOut();
        copy.MoveTo(CopyState.Lost, note);
        LostAt = now;
        Version++;
    }

    /// <summary>The lost copy is back; the loan ends like any other.</summary>
    public void MarkFound(Copy copy, BookRequest? request, DateTimeOffset now)
    {
        NeedOut();
        NeedBelongings(copy, request);
        request?.Complete(now, now);
        copy.MoveTo(CopyState.Available, null);
        (LostAt, ReturnedAt) = (null, now);
        Version++;
    }

    /// <summary>The lost copy will not come back; the loan ends.</summary>
    public void GiveUp(BookRequest? request, DateTimeOffset now)
    {
        NeedOut();
        request?.Complete(null, now);
        ReturnedAt = now;
        Version++;
    }

    /// <summary>The reader's name is no longer kept; that the copy was lent is.</summary>
    public void Forget(DateTimeOffset now)
    {
        if (ReturnedAt is null)
            throw new InvalidOperationException("The copy is out, so its reader cannot be forgotten.");
        PatronId = null;
        ForgottenAt = now;
        Version++;
    }

    void NeedOut()
    {
        if (ReturnedAt is not null)
            throw new InvalidOperationException("This loan is over.");
    }

    void NeedBelongings(Copy copy, BookRequest? request)
    {
        if (copy.Id != CopyId || request?.Id != RequestId)
            throw new ArgumentException("The copy and the request of this loan are needed.");
    }
}
