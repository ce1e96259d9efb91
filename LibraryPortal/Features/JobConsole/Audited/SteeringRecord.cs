using LibraryPortal.Data;
using LibraryPortal.Data.Audit;
using LibraryPortal.Domain.Audit;
using LibraryPortal.Identity;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.JobConsole.Audited;

/// <summary>Writes down who steered jobs, and how. The engine's store and the library's database share no transaction: an entry follows the step it tells of.</summary>
/// <param name="databases">Null where no library is within reach, beside Redis alone: nothing is written then.</param>
internal sealed class SteeringRecord(IDbContextFactory<PortalDbContext>? databases, TimeProvider clock)
{
    /// <param name="id">The key of what was steered.</param>
    /// <param name="name">What people call it.</param>
    public async Task WriteAsync(Caller caller, string action, AuditSubject kind, string id, string name, string? before = null, string? after = null)
    {
        if (databases is null)
            return;
        // What was done is told also when the one who asked for it has left meanwhile.
        await using var database = await databases.CreateDbContextAsync(CancellationToken.None);
        database.Record(await database.ActorAsync(caller.UserId, CancellationToken.None), action, kind, id, name, clock.GetUtcNow(), null, before, after);
        await database.SaveChangesAsync(CancellationToken.None);
    }
}
