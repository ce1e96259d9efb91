using System.Globalization;
using LibraryPortal.Data;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Domain.Catalog.Records;
using LibraryPortal.Domain.Imports;
using LibraryPortal.Features.Import.Findings;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.Import.Undo;

/// <summary>What an import filled into titles that were there before. What somebody corrected since stays.</summary>
internal sealed class UndoCompleted : IUndoPart
{
    public async Task<UndoneStep> RunAsync(PortalDbContext database, int importId, int skip, int take, List<Finding> findings, CancellationToken cancellationToken)
    {
        var items = await database.ImportedItems.Where(item => item.ImportId == importId && item.Kind == ImportedItemKind.CompletedTitle)
            .OrderBy(item => item.Id).Skip(skip).Take(take).ToListAsync(cancellationToken);
        foreach (var item in items)
        {
            if (await database.Titles.FirstOrDefaultAsync(title => title.Id == int.Parse(item.Key, CultureInfo.InvariantCulture), cancellationToken) is { } title)
                title.Describe(TitleGaps.Emptied(title.Details, TitleJson.Read(item.Filled!)));
            database.ImportedItems.Remove(item);
        }

        return new UndoneStep(items.Count, 0);
    }
}
