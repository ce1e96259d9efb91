using LibraryPortal.Circulation.Loans;
using LibraryPortal.Domain;

namespace LibraryPortal.Features.Requests;

/// <summary>A current loan as its reader's program sees it.</summary>
/// <param name="RenewalRefusal">Why it cannot be renewed now; null when it can.</param>
/// <param name="RenewedDueAt">Where a renewal today would move the date; null when it cannot be renewed.</param>
internal sealed record LoanItem(
    Guid Id, int TitleId, string BookName, IReadOnlyList<string> Authors, string Barcode, DateTimeOffset LentAt, DateTimeOffset DueAt, int Renewals, bool IsLost, bool IsOverdue,
    RefusalItem? RenewalRefusal, DateTimeOffset? RenewedDueAt)
{
    public static LoanItem Of(LoanView loan) => new(
        loan.Id, loan.TitleId, loan.BookName, loan.Authors, loan.Barcode, loan.LentAt, loan.DueAt, loan.Renewals, loan.IsLost, loan.IsOverdue,
        RefusalItem.Of(loan.RenewalRefusal), loan.RenewedDueAt);
}

/// <summary>What became of one of several loans to renew.</summary>
/// <param name="Refusal">Null when it was renewed.</param>
internal sealed record RenewedItem(Guid LoanId, string Msg, RefusalItem? Refusal)
{
    public static RenewedItem Of(RenewAnswer answer) => new(answer.LoanId, answer.Message, RefusalItem.Of(answer.Refusal));
}

/// <summary>A refusal inside an answer that is none itself; the members have the names they have in a problem.</summary>
internal sealed record RefusalItem(string Detail, string? Rule, int? Number, DateTimeOffset? EarliestAt)
{
    public static RefusalItem? Of(Refusal? refusal) => refusal is null ? null : new(refusal.Message, refusal.Rule, refusal.Number, refusal.EarliestAt);
}

/// <summary>What a step did to a loan, as API clients are told.</summary>
internal sealed record LoanChanged(string Msg, Guid LoanId, string BookName, string Barcode, DateTimeOffset DueAt)
{
    public static LoanChanged Of(LoanAnswer done) => new(done.Message, done.LoanId, done.BookName, done.Barcode, done.DueAt);
}

/// <summary>What a return did, as API clients are told.</summary>
/// <param name="NextReader">For whom the copy is set aside now; null: it goes back on the shelf.</param>
/// <param name="NextNumber">That reader's request.</param>
internal sealed record CopyReturned(
    string Msg, Guid LoanId, string BookName, string Barcode, string ReaderName, int DaysLate, string? Shelf, string? NextReader, string? NextNumber)
{
    public static CopyReturned Of(ReturnAnswer done) => new(
        done.Message, done.LoanId, done.BookName, done.Barcode, done.PatronName, done.DaysLate, done.Shelf, done.NextReader, done.NextNumber);
}
