using LibraryPortal.Data;
using LibraryPortal.Data.Audit;
using LibraryPortal.Domain.Audit;
using LibraryPortal.Identity;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.JobConsole.Audited;

/// <summary>Writes down who steered jobs, and how. The engine's store and the library's database share no transaction: an entry follows the step it tells of,
/// and one that cannot be written is an error in the log, whole.</summary>
/// <param name="databases">Null where no library is within reach, beside Redis alone: nothing is written then.</param>
internal sealed partial class SteeringRecord(IDbContextFactory<PortalDbContext>? databases, TimeProvider clock, ILogger<SteeringRecord> logger)
{
    /// <param name="id">The key of what was steered.</param>
    /// <param name="name">What people call it.</param>
    public async Task WriteAsync(Caller caller, string action, AuditSubject kind, string id, string name, string? before = null, string? after = null)
    {
        if (databases is null)
            return;
        var now = clock.GetUtcNow();
        try
        {
            // What was done is told also when the one who asked for it has left meanwhile.
            await using var database = await databases.CreateDbContextAsync(CancellationToken.None);
            database.Record(await database.ActorAsync(caller.UserId, CancellationToken.None), action, kind, id, name, now, null, before, after);
            await database.SaveChangesAsync(CancellationToken.None);
        }
        // The step is done for good: to fail now would only make somebody do it twice.
        catch (Exception error)
        {
            LogUnwritten(action, kind, id, name, caller.UserId, now, before ?? "nothing", after ?? "nothing", error.GetBaseException().Message);
        }
    }

    [LoggerMessage(3120, LogLevel.Error,
        "The step is done, but its entry in the audit could not be written: {Action}, {Kind} {Id} ({Name}), by {Caller} at {At:u}; before: {Before}; after: {After}. {Reason}")]
    partial void LogUnwritten(string action, AuditSubject kind, string id, string name, string caller, DateTimeOffset at, string before, string after, string reason);
}
