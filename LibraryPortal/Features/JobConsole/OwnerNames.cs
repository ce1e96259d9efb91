using LibraryPortal.Data;
using LibraryPortal.Jobs;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.JobConsole;

/// <summary>Jobs carry the ids of their owners; people read names.</summary>
internal sealed class OwnerNames(IDbContextFactory<PortalDbContext> databases)
{
    /// <summary>The names by id. Accounts that are gone have none.</summary>
    public Task<Dictionary<string, string>> OfAsync(IReadOnlyList<JobRecord> jobs, CancellationToken cancellationToken) =>
        OfAsync(jobs.Select(static job => job.Envelope.Owner), cancellationToken);

    /// <inheritdoc cref="OfAsync(IReadOnlyList{JobRecord}, CancellationToken)"/>
    public async Task<Dictionary<string, string>> OfAsync(IEnumerable<string?> ids, CancellationToken cancellationToken)
    {
        var owners = ids.OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        if (owners.Count == 0)
            return [];
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Users.Where(user => owners.Contains(user.Id))
            .Select(user => new { user.Id, Name = user.DisplayName != "" ? user.DisplayName : user.UserName ?? "" })
            .ToDictionaryAsync(user => user.Id, user => user.Name, StringComparer.Ordinal, cancellationToken);
    }

    /// <summary>The id behind a user name or an e-mail address; what is neither is taken for an id.</summary>
    public async Task<string> FindIdAsync(string owner, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var normal = owner.ToUpperInvariant();
        return await database.Users.Where(user => user.NormalizedUserName == normal || user.NormalizedEmail == normal).Select(user => user.Id).FirstOrDefaultAsync(cancellationToken)
            ?? owner;
    }

    public static string? NameOf(Dictionary<string, string> names, JobRecord job) => job.Envelope.Owner is { } owner ? names.GetValueOrDefault(owner) : null;
}
