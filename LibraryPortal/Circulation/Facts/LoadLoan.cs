using LibraryPortal.Domain.Loans;
using LibraryPortal.Domain.Rules;

namespace LibraryPortal.Circulation.Facts;

/// <summary>What the rules need to know of a loan.</summary>
internal static class LoadLoan
{
    public static LoanFacts Of(Loan loan, string bookName) => new()
    {
        BookName = bookName,
        LentAt = loan.LentAt,
        DueAt = loan.DueAt,
        Renewals = loan.Renewals,
        IsLost = loan.LostAt is not null,
        HasChanged = loan.Version > 0,
        ReturnedAt = loan.ReturnedAt,
    };
}
