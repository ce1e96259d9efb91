using System.Globalization;
using System.Text;
using CsvHelper;

namespace LibraryPortal.Features.Catalog.Synthesis;

/// <summary>Writes a file of made-up books, row by row.</summary>
internal static class SynthesizeCatalog
{
    public static async Task RunAsync(string path, int titles, ulong seed, CancellationToken cancellationToken)
    {
        await using var file = new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        await using var csv = new CsvWriter(file, CultureInfo.InvariantCulture);
        await WriteAsync(csv, SyntheticTitle.Heading);
        foreach (var title in new SyntheticCatalog(seed).Titles(titles))
        {
            cancellationToken.ThrowIfCancellationRequested();
            await WriteAsync(csv, title.Cells());
        }
    }

    static Task WriteAsync(CsvWriter csv, IEnumerable<string?> cells)
    {
        foreach (var cell in cells)
            csv.WriteField(cell);
        return csv.NextRecordAsync();
    }
}
