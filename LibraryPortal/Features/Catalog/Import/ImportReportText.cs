using System.Globalization;

namespace LibraryPortal.Features.Catalog.Import;

/// <summary>Says in lines of text what an import did.</summary>
internal static class ImportReportText
{
    /// <summary>Findings of one reason shown one by one; the others are only counted.</summary>
    const int Shown = 10;

    public static IEnumerable<string> Lines(ImportReport report, TimeSpan duration)
    {
        yield return string.Create(CultureInfo.InvariantCulture,
            $"{report.Rows:N0} rows in {duration.TotalSeconds:F1} s{(report.IsRehearsal ? " (rehearsal: nothing was changed)" : "")}");
        yield return Line(report.Added, $"added, with {report.Copies.ToString("N0", CultureInfo.InvariantCulture)} copies");
        yield return Line(report.Unchanged, "were in the catalogue already and stay as they are");
        yield return Line(report.Completed, "titles of the catalogue got what was missing");
        yield return Line(report.Count(FindingKind.Merged), "merged with an earlier row");
        yield return Line(report.Count(FindingKind.Repaired), "repaired and used");
        yield return Line(report.Count(FindingKind.Refused), "refused");

        foreach (var group in report.Findings.GroupBy(finding => (finding.Kind, finding.Reason)).OrderByDescending(group => group.Key.Kind).ThenByDescending(group => group.Count()))
        {
            yield return "";
            yield return $"{group.Key.Kind}: {group.Key.Reason} ({Number(group.Count())})";
            foreach (var finding in group.Take(Shown))
                yield return $"  row {finding.Row}: {finding.Detail}";
            if (group.Count() > Shown)
                yield return $"  and {Number(group.Count() - Shown)} more; --report FILE writes all of them";
        }
    }

    static string Line(int count, string what) => $"{Number(count),9} {what}";

    static string Number(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
