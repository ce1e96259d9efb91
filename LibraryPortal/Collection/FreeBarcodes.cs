using LibraryPortal.Data;
using LibraryPortal.Data.Numbers;
using LibraryPortal.Domain.Catalog;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Collection;

/// <summary>Gives out barcodes for copies that come without one. A number somebody has used already, such as an imported one, is passed over.</summary>
internal static class FreeBarcodes
{
    /// <summary>Call it in the transaction that adds the copies.</summary>
    /// <param name="taken">Barcodes of the same transaction that are not in the database yet.</param>
    public static async Task<Queue<string>> TakeBarcodesAsync(this PortalDbContext database, int count, IReadOnlySet<string> taken, CancellationToken cancellationToken)
    {
        Queue<string> free = new(count);
        while (free.Count < count)
        {
            var wanted = count - free.Count;
            var first = await database.TakeNumbersAsync(NumberSeriesExtensions.Barcodes, wanted, cancellationToken);
            var candidates = Enumerable.Range(0, wanted).Select(i => Copy.FormatBarcode(first + i)).ToList();
            // One parameter for all: with one for each, SQLite compares every name with all before it.
            var used = await database.Copies.Where(copy => EF.Parameter(candidates).Contains(copy.Barcode)).Select(copy => copy.Barcode).ToHashSetAsync(StringComparer.Ordinal, cancellationToken);
            foreach (var barcode in candidates.Where(barcode => !used.Contains(barcode) && !taken.Contains(barcode)))
                free.Enqueue(barcode);
        }

        return free;
    }
}
