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
}
