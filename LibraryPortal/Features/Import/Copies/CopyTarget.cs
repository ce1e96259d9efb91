using System.Globalization;
using LibraryPortal.Data;
using LibraryPortal.Data.Imports;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Features.Import.Findings;
using LibraryPortal.Features.Import.Mapping;
using LibraryPortal.Features.Import.Reading;
using LibraryPortal.Features.Import.Running;
using LibraryPortal.Features.Import.Titles;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.Import.Copies;

/// <summary>Copies of titles that are in the catalogue. A barcode that is in use is never used a second time.</summary>
/// <param name="shelf">Of copies whose row does not say.</param>
/// <param name="seen">In a check: its memory.</param>
internal sealed class CopyTarget(ColumnMap map, string? shelf, int importId, SeenRows? seen) : IImportTarget
{
    public async Task TakeAsync(PortalDbContext database, IReadOnlyList<SourceRow> rows, ImportTally tally, CancellationToken cancellationToken)
    {
        var codes = rows.Select(row => Compact(map.First(row.Cells, CopyFields.Barcode).Value)).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        var barcodes = await HeldBarcodes.LoadAsync(database, codes, seen, cancellationToken);
        var titles = await CopyTitles.LoadAsync(database, map, rows, isTracked: seen is null, cancellationToken);
        foreach (var row in rows)
        {
            var first = tally.Findings.Count;
            Take(database, row, new CellReader(row.Number, tally.Findings), barcodes, titles, tally);
            tally.Judge(first);
        }

        if (seen is not null)
            await seen.SaveAsync(barcodes.Added, cancellationToken);
    }

    void Take(PortalDbContext database, SourceRow row, CellReader reader, HeldBarcodes barcodes, CopyTitles titles, ImportTally tally)
    {
        if (!map.Fits(row.Cells, reader))
            return;
        var cell = map.First(row.Cells, CopyFields.Barcode);
        if (reader.Code(cell, Copy.MaxBarcode, "barcode") is not { } barcode)
        {
            reader.Refused(cell, "no barcode", "the barcode cell is empty or too long");
            return;
        }

        if (titles.Find(row, reader) is not { } title)
            return;
        switch (barcodes.TitleOf(barcode))
        {
            case null:
                barcodes.Add(barcode, title.IdentityKey, row.Number);
                tally.Added(1);
                if (seen is null)
                {
                    var copy = title.AddCopy(barcode, reader.Text(map.First(row.Cells, CopyFields.Shelf), Copy.MaxShelf, "shelf") ?? shelf);
                    database.MarkImported(database.Copies.Add(copy).Entity, importId, row.Number);
                }

                break;
            case var holder when holder == title.IdentityKey:
                tally.Unchanged();
                break;
            default:
                reader.Refused(cell, "barcode of a copy of another title", $"'{barcode}'");
                break;
        }
    }

    internal static string? Compact(string? cell) => CellReader.Text(cell)?.Replace(" ", "", StringComparison.Ordinal);
}
