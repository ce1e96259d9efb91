using LibraryPortal.Data;
using LibraryPortal.Data.Audit;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Audit;
using Microsoft.AspNetCore.Identity;

namespace LibraryPortal.Identity.Accounts;

/// <summary>Locks an account out until an admin lets it in again, or ends any lock; admins only. Open pages, cookies and tokens of the account follow within
/// <see cref="AccountOptions.RevalidateSeconds"/>.</summary>
internal sealed partial class LockAccount(UserManager<PortalUser> users, PortalDbContext database, TimeProvider clock, ILogger<LockAccount> logger)
{
    /// <param name="locks">True to lock, false to let in again.</param>
    public async Task<Outcome<PortalUser>> RunAsync(Caller caller, string userId, bool locks)
    {
        if (!caller.IsAdmin)
            return new Refusal(RefusalKind.Forbidden, "Only an admin locks accounts.");

        // The write lock comes first: two admins who lock each other at the same moment must not leave none.
        await using var transaction = await database.Database.BeginTransactionAsync();
        var user = await users.FindByIdAsync(userId);
        if (user is null)
            return new Refusal(RefusalKind.NotFound, "There is no such account.");
        if (locks && userId == caller.UserId)
            return new Refusal(RefusalKind.Conflict, "You cannot lock yourself out. Another admin can.", "own-account");
        if (locks && await users.IsInRoleAsync(user, Roles.Admin) && !await database.HasOtherAdminAsync(userId))
            return new Refusal(RefusalKind.Conflict, "This is the only admin. Make another account an admin first.", "last-admin");

        user.LockoutEnabled = true;
        user.AccessFailedCount = 0;
        user.LockoutEnd = locks ? DateTimeOffset.MaxValue : null;
        // The changed stamp ends what is open; it must not come back with the next unlock.
        var result = await users.UpdateSecurityStampAsync(user);
        if (!result.Succeeded)
            return result.ToRefusal();
        database.Record(
            await database.ActorAsync(caller.UserId, default), locks ? "account.locked" : "account.unlocked", AuditSubject.Account, userId, user.UserName ?? userId, clock.GetUtcNow());
        await database.SaveChangesAsync();
        await transaction.CommitAsync();
        Changed(logger, userId, locks ? "locked" : "unlocked", caller.UserId);
        return user;
    }

    [LoggerMessage(3104, LogLevel.Information, "Account {UserId} was {What} by {AdminId}.")]
    static partial void Changed(ILogger logger, string userId, string what, string adminId);
}
