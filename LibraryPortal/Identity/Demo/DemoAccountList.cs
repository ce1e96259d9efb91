using LibraryPortal.Data;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Identity.Demo;

/// <summary>The demo accounts to offer on the sign-in page: none outside Development, and only those that are there.</summary>
internal sealed class DemoAccountList(IHostEnvironment environment, IDbContextFactory<PortalDbContext> databases)
{
    public async Task<IReadOnlyList<DemoAccount>> ReadAsync()
    {
        if (!environment.IsDevelopment())
            return [];
        await using var database = await databases.CreateDbContextAsync();
        var emails = DemoAccounts.All.Select(demo => demo.Email).ToList();
        var present = await database.Users.Where(user => emails.Contains(user.Email!)).Select(user => user.Email).ToListAsync();
        return [.. DemoAccounts.All.Where(demo => present.Contains(demo.Email))];
    }
}
