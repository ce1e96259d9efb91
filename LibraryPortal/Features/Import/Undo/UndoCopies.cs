using LibraryPortal.Data;
using LibraryPortal.Data.Imports;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Features.Import.Findings;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.Import.Undo;

/// <summary>Copies an import added to titles that were there before. One that was lent or is not on its shelf stays.</summary>
internal sealed class UndoCopies : IUndoPart
{
    public async Task<UndoneStep> RunAsync(PortalDbContext database, int importId, int skip, int take, List<Finding> findings, CancellationToken cancellationToken)
    {
        // A title that had to stay keeps the copies that came with it.
        var copies = await database.Copies.AsNoTracking()
            .Where(copy => EF.Property<int?>(copy, ImportOrigin.Import) == importId
                && database.Titles.Any(title => title.Id == copy.TitleId && EF.Property<int?>(title, ImportOrigin.Import) != importId))
            .OrderBy(copy => copy.Id).Skip(skip).Take(take)
            .Select(copy => new
            {
                copy.Id,
                copy.Barcode,
                copy.State,
                Row = EF.Property<int?>(copy, ImportOrigin.Row),
                IsUsed = database.Loans.Any(loan => loan.CopyId == copy.Id) || database.Requests.Any(request => request.CopyId == copy.Id),
            }).ToListAsync(cancellationToken);
        var free = copies.Where(copy => !copy.IsUsed && copy.State == CopyState.Available).Select(copy => copy.Id).ToList();
        foreach (var copy in copies.Where(copy => copy.IsUsed || copy.State != CopyState.Available))
        {
            var why = copy.State == CopyState.Available ? "it was lent or set aside" : $"it is {copy.State.Words()}";
            findings.Add(new Finding(copy.Row ?? 0, FindingKind.Kept, "", $"copy stays: {why}", copy.Barcode));
        }

        await database.Copies.Where(copy => free.Contains(copy.Id)).ExecuteDeleteAsync(cancellationToken);
        return new UndoneStep(free.Count, copies.Count - free.Count);
    }
}
