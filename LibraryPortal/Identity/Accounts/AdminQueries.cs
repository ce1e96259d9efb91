using LibraryPortal.Data;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Identity.Accounts;

/// <summary>How many run the portal.</summary>
internal static class AdminQueries
{
    public static Task<int> CountAdminsAsync(this PortalDbContext database, CancellationToken cancellationToken = default) =>
        (from membership in database.UserRoles
         join role in database.Roles on membership.RoleId equals role.Id
         where role.Name == Roles.Admin
         select membership.UserId).CountAsync(cancellationToken);

    /// <summary>Whether somebody else who can sign in runs the portal: an admin the staff has locked out does not count, one locked for minutes does.</summary>
    public static Task<bool> HasOtherAdminAsync(this PortalDbContext database, string userId, CancellationToken cancellationToken = default) =>
        (from membership in database.UserRoles
         join role in database.Roles on membership.RoleId equals role.Id
         join user in database.Users on membership.UserId equals user.Id
         where role.Name == Roles.Admin && user.Id != userId && (user.LockoutEnd == null || user.LockoutEnd != DateTimeOffset.MaxValue)
         select user.Id).AnyAsync(cancellationToken);
}
