using LibraryPortal.Domain.Audit;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Data.Audit;

/// <summary>Who acts, as the audit names them.</summary>
public static class AuditActors
{
    /// <param name="userId">The account that acts; every account has a profile, so whoever has none works at the machine itself.</param>
    public static async Task<AuditActor> ActorAsync(this PortalDbContext database, string userId, CancellationToken cancellationToken)
    {
        var name = await database.Patrons.Where(patron => patron.UserId == userId).Select(patron => patron.Name).FirstOrDefaultAsync(cancellationToken);
        return new AuditActor(userId, name ?? "The operator");
    }
}
