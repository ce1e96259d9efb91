using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace LibraryPortal.Features.Catalog.Import;

/// <summary>Writes all findings of an import as CSV, for whoever corrects the source.</summary>
internal static class FindingsFile
{
    // A detail quotes the source, which may hold what a spreadsheet would run as a formula.
    static readonly CsvConfiguration Configuration = new(CultureInfo.InvariantCulture) { InjectionOptions = InjectionOptions.Escape };

    public static async Task WriteAsync(string path, IEnumerable<Finding> findings, CancellationToken cancellationToken)
    {
        // With a byte order mark, because spreadsheets take a file without one for something else.
        await using var text = new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        await using var csv = new CsvWriter(text, Configuration);
        foreach (var heading in (string[])["row", "what", "reason", "detail"])
            csv.WriteField(heading);
        await csv.NextRecordAsync();
        foreach (var finding in findings)
        {
            cancellationToken.ThrowIfCancellationRequested();
            csv.WriteField(finding.Row);
            csv.WriteField(finding.Kind.ToString());
            csv.WriteField(finding.Reason);
            csv.WriteField(finding.Detail);
            await csv.NextRecordAsync();
        }
    }
}
