using LibraryPortal.Circulation.Facts;
using LibraryPortal.Data;
using LibraryPortal.Data.Settings;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Rules;
using LibraryPortal.Identity;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Circulation.Loans;

/// <summary>A patron's current loans, what is due first, with the answer each would get to a renewal.</summary>
internal sealed class ListLoans(IDbContextFactory<PortalDbContext> databases, CurrentCalendar calendar, TimeProvider clock)
{
    /// <param name="patronId">Whose; null: the caller's. Only the staff may name somebody else.</param>
    public async Task<Outcome<IReadOnlyList<LoanView>>> RunAsync(Caller caller, string? patronId = null, CancellationToken cancellationToken = default)
    {
        var owner = patronId ?? caller.UserId;
        if (!caller.MaySee(owner))
            return CirculationRefusals.NoPatron;
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var (today, now) = (await calendar.ReadAsync(database, cancellationToken), clock.GetUtcNow());
        if (await LoadPatron.RunAsync(database, owner, today.Zone, now, cancellationToken) is not { } patron)
            return CirculationRefusals.NoPatron;
        var rows = await (
            from loan in database.Loans.AsNoTracking()
            join copy in database.Copies on loan.CopyId equals copy.Id
            join title in database.Titles on copy.TitleId equals title.Id
            where loan.PatronId == owner && loan.ReturnedAt == null
            orderby loan.DueAt, loan.Id
            select new
            {
                Loan = loan,
                copy.Barcode,
                copy.TitleId,
                title.Name,
                title.Authors,
                Cover = database.Covers.Where(cover => cover.TitleId == title.Id).Select(cover => cover.File).FirstOrDefault(),
            }).ToListAsync(cancellationToken);
        var rules = new LibraryRules(today);
        var listener = owner == caller.UserId ? RuleListener.Patron : RuleListener.Librarian;
        var titles = await LoadTitle.ManyAsync(database, [.. rows.Select(row => row.TitleId).Distinct()], owner, now, cancellationToken);
        List<LoanView> views = [];
        foreach (var row in rows)
        {
            var refusal = rules.Renew(patron, LoadLoan.Of(row.Loan, row.Name), titles[row.TitleId], now).Refusal(listener);
            views.Add(new LoanView
            {
                Id = row.Loan.Id,
                TitleId = row.TitleId,
                BookName = row.Name,
                Authors = row.Authors,
                Cover = row.Cover,
                Barcode = row.Barcode,
                LentAt = row.Loan.LentAt,
                DueAt = row.Loan.DueAt,
                Renewals = row.Loan.Renewals,
                IsLost = row.Loan.LostAt is not null,
                IsOverdue = row.Loan.LostAt is null && row.Loan.DueAt < now,
                RenewalRefusal = refusal,
                RenewedDueAt = refusal is null ? today.DueAt(now, patron.Policy.LoanDays) : null,
            });
        }

        return Outcomes.Of<IReadOnlyList<LoanView>>(views);
    }
}
