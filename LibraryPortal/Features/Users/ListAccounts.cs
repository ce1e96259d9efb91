using LibraryPortal.Data;
using LibraryPortal.Domain;
using LibraryPortal.Identity;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.Users;

/// <summary>The accounts by name, for admins. Closed ones are nobody's and are not listed.</summary>
internal sealed class ListAccounts(IDbContextFactory<PortalDbContext> databases)
{
    public const int PageSize = 25;

    /// <param name="words">Part of a name or of an e-mail address; null for all.</param>
    /// <param name="role">One of <see cref="Roles"/>; null for all.</param>
    /// <param name="page">The first is 1; beyond the last means the last.</param>
    public async Task<Outcome<Paged<AccountRow>>> RunAsync(Caller caller, string? words, string? role, bool lockedOnly, int page, CancellationToken cancellationToken = default)
    {
        if (!caller.IsAdmin)
            return new Refusal(RefusalKind.Forbidden, "Only an admin sees the accounts.");
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var rows = Rows(database, words?.Trim(), role);
        if (lockedOnly)
            rows = rows.Where(row => row.LockedUntil == DateTimeOffset.MaxValue);
        var total = await rows.CountAsync(cancellationToken);
        page = Paging.Clamp(page, total, PageSize);
        var items = await rows.OrderBy(row => row.UserName).Skip((page - 1) * PageSize).Take(PageSize).ToListAsync(cancellationToken);
        return new Paged<AccountRow>(items, total, page, PageSize);
    }

    static IQueryable<AccountRow> Rows(PortalDbContext database, string? words, string? role)
    {
        var users = database.Users.AsNoTracking();
        if (!string.IsNullOrEmpty(words))
        {
            var upper = words.ToUpperInvariant();
            users = users.Where(user => user.NormalizedUserName!.Contains(upper) || user.NormalizedEmail!.Contains(upper) || user.DisplayName.Contains(words));
        }

        return from user in users
               join membership in database.UserRoles on user.Id equals membership.UserId
               join held in database.Roles on membership.RoleId equals held.Id
               where role == null || held.Name == role
               select new AccountRow
               {
                   Id = user.Id,
                   UserName = user.UserName!,
                   DisplayName = user.DisplayName,
                   Email = user.Email,
                   Role = held.Name!,
                   CreatedAt = user.CreatedAt,
                   LockedUntil = user.LockoutEnd,
               };
    }
}
