using LibraryPortal.Domain.Catalog;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Data.Patrons;

/// <summary>Gives profiles written before names were folded their folded name. May be repeated; where all have one it costs one look into an index.</summary>
internal static class FoldPatronNames
{
    const int Size = 500;

    public static async Task RunAsync(PortalDbContext database, CancellationToken cancellationToken)
    {
        var last = "";
        while (true)
        {
            var patrons = await database.Patrons.Where(patron => patron.FoldedName == "" && patron.UserId.CompareTo(last) > 0)
                .OrderBy(patron => patron.UserId).Take(Size).Select(patron => new { patron.UserId, patron.Name }).ToListAsync(cancellationToken);
            if (patrons.Count == 0)
                return;
            await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
            foreach (var patron in patrons)
            {
                var folded = Folding.Fold(patron.Name);
                await database.Patrons.Where(row => row.UserId == patron.UserId).ExecuteUpdateAsync(row => row.SetProperty(one => one.FoldedName, folded), cancellationToken);
            }

            await transaction.CommitAsync(cancellationToken);
            last = patrons[^1].UserId;
        }
    }
}
