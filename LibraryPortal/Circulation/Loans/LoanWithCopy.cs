using LibraryPortal.Domain.Catalog;
using LibraryPortal.Domain.Loans;
using LibraryPortal.Domain.Requests;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Circulation.Loans;

/// <summary>A loan with what belongs to it.</summary>
internal sealed record LoanWithCopy(Loan Loan, Copy Copy, BookRequest? Request, string BookName)
{
    /// <summary>Null: there is no such loan.</summary>
    public static async Task<LoanWithCopy?> FindAsync(LibraryChange change, Guid loanId, CancellationToken cancellationToken) =>
        await change.Database.Loans.SingleOrDefaultAsync(loan => loan.Id == loanId, cancellationToken) is { } loan ? await OfAsync(change, loan, cancellationToken) : null;

    /// <summary>The loan by which a copy is out; null when it is not.</summary>
    public static async Task<LoanWithCopy?> OfCopyAsync(LibraryChange change, Copy copy, CancellationToken cancellationToken) =>
        await change.Database.Loans.SingleOrDefaultAsync(loan => loan.CopyId == copy.Id && loan.ReturnedAt == null, cancellationToken) is { } loan
            ? await OfAsync(change, loan, cancellationToken)
            : null;

    static async Task<LoanWithCopy> OfAsync(LibraryChange change, Loan loan, CancellationToken cancellationToken)
    {
        var copy = await change.Database.Copies.SingleAsync(copy => copy.Id == loan.CopyId, cancellationToken);
        var request = loan.RequestId is { } id ? await change.Database.Requests.SingleAsync(request => request.Id == id, cancellationToken) : null;
        return new LoanWithCopy(loan, copy, request, await Facts.LoadCopy.NameAsync(change.Database, copy, cancellationToken));
    }
}
