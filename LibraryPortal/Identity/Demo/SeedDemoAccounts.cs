using LibraryPortal.Data;
using LibraryPortal.Identity.Accounts;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Identity.Demo;

/// <summary>Started in Development only, before the first request: makes the demo accounts in a portal that has no account at all.</summary>
internal sealed class SeedDemoAccounts(IServiceScopeFactory scopes, TimeProvider clock) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
        if (await database.Users.AnyAsync(cancellationToken))
            return;
        var accounts = scope.ServiceProvider.GetRequiredService<RegisterAccount>();
        foreach (var demo in DemoAccounts.All)
        {
            var user = new PortalUser
            {
                UserName = demo.UserName,
                Email = demo.Email,
                EmailConfirmed = true,
                DisplayName = demo.DisplayName,
                CreatedAt = clock.GetUtcNow(),
            };
            if (await accounts.CreateAsync(user, demo.Password, demo.Role) is { } refusal)
                throw new InvalidOperationException($"The demo account '{demo.UserName}' could not be made: {refusal.Message}");
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
