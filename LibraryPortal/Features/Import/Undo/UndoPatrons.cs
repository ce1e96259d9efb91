using LibraryPortal.Data;
using LibraryPortal.Domain.Imports;
using LibraryPortal.Features.Import.Findings;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.Import.Undo;

/// <summary>Accounts an import made. One whose owner has chosen a password, asked for a book or borrowed one stays.</summary>
internal sealed class UndoPatrons : IUndoPart
{
    public async Task<UndoneStep> RunAsync(PortalDbContext database, int importId, int skip, int take, List<Finding> findings, CancellationToken cancellationToken)
    {
        var items = await database.ImportedItems.Where(item => item.ImportId == importId && item.Kind == ImportedItemKind.Patron)
            .OrderBy(item => item.Id).Skip(skip).Take(take).ToListAsync(cancellationToken);
        var kept = 0;
        foreach (var item in items)
        {
            var account = await (
                from user in database.Users
                where user.Id == item.Key
                join patron in database.Patrons on user.Id equals patron.UserId
                select new
                {
                    patron.Name,
                    HasPassword = user.PasswordHash != null,
                    IsUsed = database.Loans.Any(loan => loan.PatronId == user.Id) || database.Requests.Any(request => request.PatronId == user.Id || request.PlacedById == user.Id),
                    IsChanged = patron.Version > 0,
                }).FirstOrDefaultAsync(cancellationToken);
            var why = account switch
            {
                null => null,
                { IsUsed: true } => "has borrowed or asked for books",
                { HasPassword: true } => "has chosen a password",
                { IsChanged: true } => "was changed since",
                _ => null,
            };
            if (why is not null)
            {
                kept++;
                findings.Add(new Finding(item.Row, FindingKind.Kept, "", $"reader stays: {why}", account!.Name));
                continue;
            }

            await database.Users.Where(user => user.Id == item.Key).ExecuteDeleteAsync(cancellationToken);
            database.ImportedItems.Remove(item);
        }

        return new UndoneStep(items.Count - kept, kept);
    }
}
