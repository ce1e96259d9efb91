using LibraryPortal.Data;
using LibraryPortal.Domain;
using LibraryPortal.Identity;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Circulation.Patrons;

/// <summary>The names of the categories, for the staff to choose from.</summary>
internal sealed class ListCategories(IDbContextFactory<PortalDbContext> databases)
{
    public async Task<Outcome<IReadOnlyList<string>>> RunAsync(Caller caller, CancellationToken cancellationToken = default)
    {
        if (CirculationRefusals.UnlessStaff(caller) is { } refusal)
            return refusal;
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.LendingPolicies.OrderBy(policy => policy.Category).Select(policy => policy.Category).ToListAsync(cancellationToken);
    }
}
