using LibraryPortal.Data;
using LibraryPortal.Features.Import.Reading;

namespace LibraryPortal.Features.Import.Running;

/// <summary>Where rows of one kind of file go.</summary>
internal interface IImportTarget
{
    /// <summary>Takes a batch of rows: adds what they bring to the context, which the caller saves. A check passes a context whose changes are never saved, and
    /// the memory of the rows before.</summary>
    Task TakeAsync(PortalDbContext database, IReadOnlyList<SourceRow> rows, ImportTally tally, CancellationToken cancellationToken);
}
