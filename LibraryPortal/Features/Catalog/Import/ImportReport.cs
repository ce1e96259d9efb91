namespace LibraryPortal.Features.Catalog.Import;

/// <summary>What an import did, or in a rehearsal would have done.</summary>
internal sealed record ImportReport
{
    public required bool IsRehearsal { get; init; }

    /// <summary>Data rows in the file.</summary>
    public required int Rows { get; init; }

    public required int Added { get; init; }

    /// <summary>Rows of books that were in the catalogue before and stay as they are.</summary>
    public required int Unchanged { get; init; }

    /// <summary>Titles that were in the catalogue before and got something that was missing.</summary>
    public required int Completed { get; init; }

    public required int Copies { get; init; }
    public required IReadOnlyList<Finding> Findings { get; init; }

    public int Count(FindingKind kind) => Findings.Where(finding => finding.Kind == kind).Select(finding => finding.Row).Distinct().Count();
}
