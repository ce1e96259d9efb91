using LibraryPortal.Data;
using LibraryPortal.Domain;
using LibraryPortal.Identity;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.LendingRules;

/// <summary>The categories by name, with how many readers each has.</summary>
internal sealed class ListPolicies(IDbContextFactory<PortalDbContext> databases)
{
    public async Task<Outcome<IReadOnlyList<PolicyRow>>> RunAsync(Caller caller, CancellationToken cancellationToken = default)
    {
        if (PolicyRefusals.UnlessAdmin(caller) is { } refusal)
            return refusal;
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var policies = await database.LendingPolicies.AsNoTracking().OrderBy(policy => policy.Category).ToListAsync(cancellationToken);
        var patrons = await database.Patrons.Where(patron => patron.IsActive).GroupBy(patron => patron.Category)
            .Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, cancellationToken);
        return policies.ConvertAll(policy => new PolicyRow(policy, patrons.GetValueOrDefault(policy.Category)));
    }
}
