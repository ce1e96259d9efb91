using System.Text.Json;
using LibraryPortal.Data;
using LibraryPortal.Data.Audit;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Audit;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Identity.Accounts;

/// <summary>Gives an account another role; admins only. Open pages, cookies and tokens of the account follow within <see cref="AccountOptions.RevalidateSeconds"/>.</summary>
internal sealed partial class ChangeRole(UserManager<PortalUser> users, PortalDbContext database, TimeProvider clock, ILogger<ChangeRole> logger)
{
    /// <param name="role">One of <see cref="Roles"/>.</param>
    public async Task<Outcome<string>> RunAsync(Caller caller, string userId, string role)
    {
        if (!caller.IsAdmin)
            return new Refusal(RefusalKind.Forbidden, "Only an admin gives roles.");
        if (Roles.Find(role) is not { } wanted)
            return new Refusal(RefusalKind.Invalid, Roles.Unknown(role));

        // The write lock comes first: two admins who demote each other at the same moment must not leave none.
        await using var transaction = await database.Database.BeginTransactionAsync();
        var user = await users.FindByIdAsync(userId);
        if (user is null)
            return new Refusal(RefusalKind.NotFound, "There is no such account.");
        if (wanted != Roles.Admin && await users.IsInRoleAsync(user, Roles.Admin) && !await database.HasOtherAdminAsync(userId))
            return new Refusal(RefusalKind.Conflict, "This is the only admin. Make another account an admin first.", "last-admin");

        var present = await users.GetRolesAsync(user);
        if (present.Count == 1 && present[0] == wanted)
            return wanted;
        var result = await users.RemoveFromRolesAsync(user, present);
        if (result.Succeeded)
            result = await users.AddToRoleAsync(user, wanted);
        if (!result.Succeeded)
            return result.ToRefusal();
        database.Record(await database.ActorAsync(caller.UserId, default), "account.role", AuditSubject.Account, userId, user.UserName ?? userId, clock.GetUtcNow(),
            before: JsonSerializer.Serialize(new { role = string.Join(", ", present) }), after: JsonSerializer.Serialize(new { role = wanted }));
        await database.SaveChangesAsync();
        await transaction.CommitAsync();
        RoleChanged(logger, userId, wanted, caller.UserId);
        return wanted;
    }

    [LoggerMessage(3101, LogLevel.Information, "Account {UserId} is {Role} now; changed by {AdminId}.")]
    static partial void RoleChanged(ILogger logger, string userId, string role, string adminId);
}
