using LibraryPortal.Circulation;
using LibraryPortal.Data;
using LibraryPortal.Data.Settings;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Domain.Loans;
using LibraryPortal.Domain.Requests;
using LibraryPortal.Identity;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.Loans;

/// <summary>One list of loans, and how many each list has.</summary>
internal sealed record StaffLoanList(Paged<StaffLoan> Page, IReadOnlyDictionary<LoanTab, int> Counts);

/// <summary>The copies that are out, what is due first on top, for the staff.</summary>
internal sealed class ListStaffLoans(IDbContextFactory<PortalDbContext> databases, CurrentCalendar calendar, TimeProvider clock)
{
    public const int PageSize = 25;

    /// <summary>How many days ahead a loan is due soon.</summary>
    public const int SoonDays = 3;

    /// <param name="words">Part of the title, of the reader's name, or a barcode; null for all.</param>
    /// <param name="category">Of the reader; null for all.</param>
    /// <param name="page">The first is 1; beyond the last means the last.</param>
    public async Task<Outcome<StaffLoanList>> RunAsync(Caller caller, LoanTab tab, string? words, string? category, int page, CancellationToken cancellationToken = default)
    {
        if (CirculationRefusals.UnlessStaff(caller) is { } refusal)
            return refusal;
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var active = database.Loans.AsNoTracking().Where(loan => loan.ReturnedAt == null);
        var counts = new Dictionary<LoanTab, int>();
        foreach (var each in Enum.GetValues<LoanTab>())
            counts[each] = await In(each, active).CountAsync(cancellationToken);
        var rows = Rows(database, In(tab, active), words?.Trim(), category);
        var total = string.IsNullOrEmpty(words) && category is null ? counts[tab] : await rows.CountAsync(cancellationToken);
        page = Paging.Clamp(page, total, PageSize);
        var items = await rows.OrderBy(row => row.DueAt).ThenBy(row => row.Id).Skip((page - 1) * PageSize).Take(PageSize).ToListAsync(cancellationToken);
        return new StaffLoanList(new Paged<StaffLoan>(items, total, page, PageSize), counts);
    }

    IQueryable<Loan> In(LoanTab tab, IQueryable<Loan> loans)
    {
        var now = clock.GetUtcNow();
        var soon = calendar.Zone.EndOf(calendar.Zone.DateAt(now).AddDays(SoonDays));
        return tab switch
        {
            LoanTab.Out => loans,
            LoanTab.DueSoon => loans.Where(loan => loan.LostAt == null && loan.DueAt >= now && loan.DueAt <= soon),
            LoanTab.Overdue => loans.Where(loan => loan.LostAt == null && loan.DueAt < now),
            LoanTab.Lost => loans.Where(loan => loan.LostAt != null),
        };
    }

    IQueryable<StaffLoan> Rows(PortalDbContext database, IQueryable<Loan> loans, string? words, string? category)
    {
        var now = clock.GetUtcNow();
        var (part, folded) = (LikePattern.Containing(words ?? ""), Folding.Fold(words ?? ""));
        return from loan in loans
               join copy in database.Copies on loan.CopyId equals copy.Id
               join title in database.Titles on copy.TitleId equals title.Id
               join patron in database.Patrons on loan.PatronId equals patron.UserId
               where category == null || patron.Category == category
               where string.IsNullOrEmpty(words) || EF.Functions.Like(title.Name, part, LikePattern.Escape) || EF.Functions.Like(copy.Barcode, part, LikePattern.Escape)
                   || (folded != "" && (title.SortKey.Contains(folded) || patron.FoldedName.Contains(folded)))
               select new StaffLoan
               {
                   Id = loan.Id,
                   TitleId = title.Id,
                   BookName = title.Name,
                   Authors = title.Authors,
                   Cover = database.Covers.Where(cover => cover.TitleId == title.Id).Select(cover => cover.File).FirstOrDefault(),
                   Barcode = copy.Barcode,
                   PatronId = patron.UserId,
                   PatronName = patron.Name,
                   Category = patron.Category,
                   LentAt = loan.LentAt,
                   DueAt = loan.DueAt,
                   Renewals = loan.Renewals,
                   LostAt = loan.LostAt,
                   Note = copy.Note,
                   Waiting = database.Requests.Count(request => request.TitleId == title.Id && request.State == RequestState.Queued && request.ExpiresAt >= now),
               };
    }
}
