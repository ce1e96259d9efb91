using LibraryPortal.Data;
using LibraryPortal.Data.Imports;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.Import.Titles;

/// <summary>The barcodes of one batch of rows that are in use, and by a copy of which title.</summary>
internal sealed class HeldBarcodes
{
    readonly Dictionary<string, string> _titles = new(StringComparer.Ordinal);
    readonly List<SeenRow> _new = [];

    /// <summary>All of them.</summary>
    public IReadOnlySet<string> Codes => _titles.Keys.ToHashSet(StringComparer.Ordinal);

    /// <summary>What a check must remember of this batch.</summary>
    public IReadOnlyList<SeenRow> Added => _new;

    public static async Task<HeldBarcodes> LoadAsync(PortalDbContext database, IReadOnlyCollection<string> barcodes, SeenRows? seen, CancellationToken cancellationToken)
    {
        var held = new HeldBarcodes();
        if (barcodes.Count == 0)
            return held;
        if (seen is not null)
        {
            foreach (var row in (await seen.FindAsync(barcodes.Select(barcode => $"b:{barcode}"), cancellationToken)).Values)
                held._titles[row.Key[2..]] = row.Value;
        }

        var copies = await (
            from copy in database.Copies
            where EF.Parameter(barcodes).Contains(copy.Barcode)
            join title in database.Titles on copy.TitleId equals title.Id
            select new { copy.Barcode, title.IdentityKey }).ToListAsync(cancellationToken);
        foreach (var copy in copies)
            held._titles.TryAdd(copy.Barcode, copy.IdentityKey);
        return held;
    }

    /// <summary>The identity of the title a copy with this barcode belongs to; null: the barcode is free.</summary>
    public string? TitleOf(string barcode) => _titles.GetValueOrDefault(barcode);

    public void Add(string barcode, string titleKey, int row)
    {
        _titles[barcode] = titleKey;
        _new.Add(new SeenRow($"b:{barcode}", row, titleKey));
    }
}
