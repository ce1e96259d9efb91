using LibraryPortal.Domain.Imports;
using LibraryPortal.Features.Import.Findings;

namespace LibraryPortal.Features.Import.Running;

/// <summary>The running account of one import: its counts so far, and the findings of the batch of rows at hand.</summary>
/// <param name="begin">What the rows before came to.</param>
internal sealed class ImportTally(ImportCounts begin)
{
    public ImportCounts Counts { get; private set; } = begin;

    /// <summary>Of the rows since <see cref="Clear"/>.</summary>
    public List<Finding> Findings { get; } = [];

    public void Added(int copies) => Counts = Counts with { Added = Counts.Added + 1, Copies = Counts.Copies + copies };

    public void Completed(int copies = 0) => Counts = Counts with { Completed = Counts.Completed + 1, Copies = Counts.Copies + copies };

    public void Merged(int copies = 0) => Counts = Counts with { Merged = Counts.Merged + 1, Copies = Counts.Copies + copies };

    public void Unchanged() => Counts = Counts with { Unchanged = Counts.Unchanged + 1 };

    public void Removed(int count) => Counts = Counts with { Removed = Counts.Removed + count };

    public void Kept(int count) => Counts = Counts with { Kept = Counts.Kept + count };

    /// <summary>Counts what the findings from this place on say of one row.</summary>
    public void Judge(int firstFinding)
    {
        var row = Findings.Skip(firstFinding).ToList();
        if (row.Exists(finding => finding.Kind == FindingKind.Refused))
            Counts = Counts with { Refused = Counts.Refused + 1 };
        else if (row.Exists(finding => finding.Kind == FindingKind.Repaired))
            Counts = Counts with { Repaired = Counts.Repaired + 1 };
    }

    public void Clear() => Findings.Clear();
}
