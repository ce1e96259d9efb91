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

    /// <summary>Hands the copy set aside for a request to its patron.</summary>
    /// <param name="activeLoans">Copies the patron already has.</param>
    public static Outcome<Loan> Lend(BookRequest request, Copy copy, int activeLoans, LendingTerms terms, DateTimeOffset now)
    {
        // The state comes first: a request that is already lent is a clearer answer than a full card.
        if (request.State == RequestState.Ready && activeLoans >= terms.Loans)
        {
            return new Refusal(RefusalKind.LimitReached,
                $"This reader has {activeLoans} books on loan, the most one reader may have. One must come back first.", "loans");
        }

        if (request.Collect(now).Refusal is { } wrongState)
            return wrongState;
        if (copy.Id != request.CopyId)
            throw new ArgumentException("Another copy is set aside for this request.", nameof(copy));
        if (copy.Lend().Refusal is { } wrongCopy)
            return wrongCopy;
        return new Loan
        {
            CopyId = copy.Id,
            PatronId = request.PatronId,
            RequestId = request.Id,
            LentAt = now,
            DueAt = terms.LoanDueAt(now),
        };
    }

    /// <summary>The copy comes back and stands on the shelf again. Whoever waits for it is the caller's next step.</summary>
    public Outcome<Loan> Return(Copy copy, BookRequest? request, DateTimeOffset now)
    {
        if (ReturnedAt is not null)
            return new Refusal(RefusalKind.Conflict, "This copy has already been returned.", "loan-returned");
        if (copy.Id != CopyId || request?.Id != RequestId)
            throw new ArgumentException("The copy and the request of this loan are needed.");
        if (request?.Complete(now).Refusal is { } wrongState)
            return wrongState;
        if (copy.Release().Refusal is { } wrongCopy)
            return wrongCopy;
        ReturnedAt = now;
        Version++;
        return this;
    }
}
