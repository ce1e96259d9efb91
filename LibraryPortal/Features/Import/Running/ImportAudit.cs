using System.Globalization;
using LibraryPortal.Collection;
using LibraryPortal.Data;
using LibraryPortal.Data.Audit;
using LibraryPortal.Domain.Audit;
using LibraryPortal.Domain.Imports;

namespace LibraryPortal.Features.Import.Running;

/// <summary>Writes into the audit what an import, or its undo, came to: one entry for all of its rows.</summary>
internal static class ImportAudit
{
    /// <summary>Writes that its first rows are about to be written.</summary>
    public static void RecordStart(this PortalDbContext database, ImportBatch import, AuditActor actor, DateTimeOffset at) =>
        database.Record(
            actor, "import.started", AuditSubject.Import, import.Id.ToString(CultureInfo.InvariantCulture), import.FileName, at,
            after: AuditJson.Of(("kind", import.Kind.ToString()), ("rows", import.Rows is { } rows ? Say(rows) : null)));

    /// <param name="import">As it ended: done, undone or stopped on the way to either.</param>
    public static void RecordEnd(this PortalDbContext database, ImportBatch import, AuditActor actor, DateTimeOffset at)
    {
        var counts = import.Counts;
        database.Record(
            actor, import.State == ImportState.UndoStopped ? "import.undo-stopped" : $"import.{import.State.ToString().ToLowerInvariant()}", AuditSubject.Import, import.Id.ToString(CultureInfo.InvariantCulture), import.FileName, at,
            after: import.IsTakenOut
                ? AuditJson.Of(("removed", Say(counts.Removed)), ("kept", Say(counts.Kept)))
                : AuditJson.Of(("added", Say(counts.Added)), ("completed", Say(counts.Completed)), ("copies", Say(counts.Copies)), ("refused", Say(counts.Refused))));
    }

    static string Say(int count) => count.ToString(CultureInfo.InvariantCulture);
}
