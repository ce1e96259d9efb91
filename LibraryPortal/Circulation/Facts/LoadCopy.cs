using LibraryPortal.Data;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Domain.Requests;
using LibraryPortal.Domain.Rules;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Circulation.Facts;

/// <summary>What the rules need to know of a copy.</summary>
internal static class LoadCopy
{
    /// <summary>The copy with this barcode; null when there is none.</summary>
    public static async Task<Copy?> FindAsync(PortalDbContext database, string? barcode, CancellationToken cancellationToken) =>
        barcode?.Trim() is { Length: > 0 and <= Copy.MaxBarcode } scanned
            ? await database.Copies.SingleOrDefaultAsync(copy => copy.Barcode == scanned, cancellationToken)
            : null;

    /// <param name="titleId">The title that is asked for; null: whatever the copy is.</param>
    public static async Task<CopyFacts> OfAsync(PortalDbContext database, Copy copy, string? patronId, int? titleId, CancellationToken cancellationToken)
    {
        var kept = copy.State == CopyState.SetAside
            ? await database.Requests.AsNoTracking().FirstOrDefaultAsync(request => request.CopyId == copy.Id && request.State == RequestState.Ready, cancellationToken)
            : null;
        return new CopyFacts
        {
            Barcode = copy.Barcode,
            State = copy.State,
            BookName = await NameAsync(database, copy, cancellationToken),
            IsOfTheTitle = titleId is null || titleId == copy.TitleId,
            KeptForRequest = kept?.DisplayNumber,
            IsKeptForPatron = kept is not null && kept.PatronId == patronId,
        };
    }

    public static Task<string> NameAsync(PortalDbContext database, Copy copy, CancellationToken cancellationToken) =>
        database.Titles.Where(title => title.Id == copy.TitleId).Select(title => title.Name).SingleAsync(cancellationToken);
}
