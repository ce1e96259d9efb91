using LibraryPortal.Data;
using LibraryPortal.Jobs;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.JobConsole;

/// <summary>Jobs carry the ids of their owners; people read names.</summary>
internal sealed class OwnerNames(IDbContextFactory<PortalDbContext> databases)
{
    /// <summary>The names by id. Accounts that are gone have none.</summary>
    public async Task<Dictionary<string, string>> OfAsync(IReadOnlyList<JobRecord> jobs, CancellationToken cancellationToken)
    {
        var owners = jobs.Select(job => job.Envelope.Owner).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        if (owners.Count == 0)
            return [];
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Users.Where(user => owners.Contains(user.Id))
            .Select(user => new { user.Id, Name = user.DisplayName != "" ? user.DisplayName : user.UserName ?? "" })
            .ToDictionaryAsync(user => user.Id, user => user.Name, StringComparer.Ordinal, cancellationToken);
    }

    public static string? NameOf(Dictionary<string, string> names, JobRecord job) => job.Envelope.Owner is { } owner ? names.GetValueOrDefault(owner) : null;
}
