using LibraryPortal.Domain.Imports;

namespace LibraryPortal.Features.Import;

/// <summary>What an import by command line did, or in a rehearsal would have done.</summary>
/// <param name="Rows">In the file, the heading of a table and empty rows not counted.</param>
/// <param name="Findings">The file of all findings; removed with <see cref="Dispose"/>.</param>
internal sealed record ImportReport(ImportKind Kind, bool IsRehearsal, int Rows, ImportCounts Counts, string Findings) : IDisposable
{
    public void Dispose() => File.Delete(Findings);
}
