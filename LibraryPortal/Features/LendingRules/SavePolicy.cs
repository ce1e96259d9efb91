using System.Text.Json;
using LibraryPortal.Data;
using LibraryPortal.Data.Audit;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Audit;
using LibraryPortal.Domain.Policies;
using LibraryPortal.Identity;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.LendingRules;

/// <summary>An admin changes what patrons of a category may have, makes a category, or takes one away that nobody has. Promised dates stay; what is asked or lent from now on follows.</summary>
internal sealed class SavePolicy(IDbContextFactory<PortalDbContext> databases, TimeProvider clock)
{
    /// <param name="before">As it was shown; null makes a new category.</param>
    /// <returns>What to say.</returns>
    public async Task<Outcome<string>> RunAsync(Caller caller, LendingPolicy? before, LendingPolicy after, string? reason, CancellationToken cancellationToken = default)
    {
        after = after with { Category = after.Category.Trim() };
        if (PolicyRefusals.UnlessAdmin(caller) is { } refusal)
            return refusal;
        if (after.Check() is { } wrong)
            return wrong;
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        var all = await database.LendingPolicies.ToListAsync(cancellationToken);
        var row = all.Find(policy => string.Equals(policy.Category, after.Category, StringComparison.OrdinalIgnoreCase));
        if (before is null && row is not null)
            return new Refusal(RefusalKind.Conflict, $"There is a category {row.Category} already.", "category-exists");
        if (before is not null && row != before)
            return PolicyRefusals.ChangedMeanwhile;
        if (row == after)
            return $"Nothing changed for {after.Category}.";
        if (row is null)
            database.LendingPolicies.Add(after);
        else
            database.Entry(row).CurrentValues.SetValues(after);
        var (old, current) = Changes(before, after);
        await RecordAsync(database, caller, before is null ? "policy.added" : "policy.changed", after.Category, reason, old, current, cancellationToken);
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return before is null ? $"The category {after.Category} is there." : $"Saved for {after.Category}. Dates already promised stay; new loans and requests follow.";
    }

    /// <returns>What to say.</returns>
    public async Task<Outcome<string>> RemoveAsync(Caller caller, string category, CancellationToken cancellationToken = default)
    {
        if (PolicyRefusals.UnlessAdmin(caller) is { } refusal)
            return refusal;
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        var row = await database.LendingPolicies.FindAsync([category], cancellationToken);
        if (row is null)
            return new Refusal(RefusalKind.NotFound, $"There is no category {category}.", "unknown-category");
        if (PolicyDefaults.Adult.Category == category || PolicyDefaults.Staff.Category == category)
            return new Refusal(RefusalKind.Conflict, $"{category} stays: new accounts get it.", "category-needed");
        var patrons = await database.Patrons.CountAsync(patron => patron.Category == category, cancellationToken);
        if (patrons > 0)
            return new Refusal(RefusalKind.Conflict, $"{patrons:N0} {(patrons == 1 ? "reader has" : "readers have")} the category {category}. Give them another one first.", "category-in-use");
        database.LendingPolicies.Remove(row);
        await RecordAsync(database, caller, "policy.removed", category, null, Changes(row, null).Before, null, cancellationToken);
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return $"The category {category} is gone.";
    }

    async Task RecordAsync(PortalDbContext database, Caller caller, string action, string category, string? reason, string? before, string? after, CancellationToken cancellationToken) =>
        database.Record(await database.ActorAsync(caller.UserId, cancellationToken), action, AuditSubject.Policy, category, category, clock.GetUtcNow(), reason, before, after);

    // Only what differs: that is what one looks for a year later.
    static (string? Before, string? After) Changes(LendingPolicy? before, LendingPolicy? after)
    {
        var (old, current) = (Values(before), Values(after));
        if (before is not null && after is not null)
        {
            foreach (var name in old.Keys.Where(name => Equals(old[name], current[name])).ToList())
            {
                old.Remove(name);
                current.Remove(name);
            }
        }

        return (before is null ? null : JsonSerializer.Serialize(old), after is null ? null : JsonSerializer.Serialize(current));
    }

    static Dictionary<string, object> Values(LendingPolicy? policy)
    {
        if (policy is null)
            return [];
        var values = PolicyField.All.ToDictionary(field => field.Name, object (field) => field.Read(policy));
        values["Approved by itself"] = policy.AutoApproves;
        return values;
    }
}
