using LibraryPortal.Tables;

namespace LibraryPortal.Features.Import.Findings;

/// <summary>Writes findings as CSV, for whoever corrects the source. A detail quotes the source, which may hold what a spreadsheet would run: the writer takes care.</summary>
internal static class FindingTable
{
    static readonly TableCell[] Heading = [.. new[] { "row", "what", "column", "reason", "detail" }.Select(TableCell.Text)];

    public static async Task WriteAsync(Stream stream, IAsyncEnumerable<Finding> findings, CancellationToken cancellationToken)
    {
        await using var csv = new CsvWriter(stream);
        await csv.WriteRowAsync(Heading, cancellationToken);
        await foreach (var finding in findings.WithCancellation(cancellationToken))
        {
            await csv.WriteRowAsync(
                [
                    TableCell.Number(finding.Row), TableCell.Text(finding.Kind.ToString()), TableCell.Text(finding.Column),
                    TableCell.Text(finding.Reason), TableCell.Text(finding.Detail),
                ], cancellationToken);
        }
    }
}
