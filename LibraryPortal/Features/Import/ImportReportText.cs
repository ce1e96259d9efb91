using System.Globalization;
using LibraryPortal.Domain.Imports;
using LibraryPortal.Features.Import.Findings;

namespace LibraryPortal.Features.Import;

/// <summary>Says in lines of text what an import did.</summary>
internal static class ImportReportText
{
    /// <summary>Findings of one reason shown one by one; the others are only counted.</summary>
    const int Shown = 10;

    public static async Task<IReadOnlyList<string>> LinesAsync(ImportReport report, TimeSpan duration, CancellationToken cancellationToken)
    {
        var counts = report.Counts;
        List<string> lines =
        [
            string.Create(CultureInfo.InvariantCulture, $"{report.Rows:N0} rows in {duration.TotalSeconds:F1} s{(report.IsRehearsal ? " (rehearsal: nothing was changed)" : "")}"),
            Line(counts.Added, report.Kind == ImportKind.Titles ? $"added, with {Number(counts.Copies)} copies" : "added"),
            Line(counts.Unchanged, report.Kind == ImportKind.Titles ? "were in the catalogue already and stay as they are" : "were there already and stay as they are"),
        ];
        if (report.Kind == ImportKind.Titles)
            lines.Add(Line(counts.Completed, "titles of the catalogue got what was missing"));
        lines.Add(Line(counts.Merged, "merged with an earlier row"));
        lines.Add(Line(counts.Repaired, "repaired and used"));
        lines.Add(Line(counts.Refused, "refused"));
        var summary = await FindingSummary.OfAsync(FindingReader.ReadAsync(report.Findings, cancellationToken: cancellationToken), Shown, cancellationToken);
        foreach (var group in summary.Groups)
        {
            lines.Add("");
            lines.Add($"{group.Kind}: {group.Reason} ({Number(group.Count)})");
            lines.AddRange(group.Examples.Select(finding => $"  row {finding.Row}: {finding.Detail}"));
            if (group.Count > Shown)
                lines.Add($"  and {Number(group.Count - Shown)} more; --report FILE writes all of them");
        }

        return lines;
    }

    static string Line(int count, string what) => $"{Number(count),9} {what}";

    static string Number(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
