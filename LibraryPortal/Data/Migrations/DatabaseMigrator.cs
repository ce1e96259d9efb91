using LibraryPortal.Data.JobHistory;
using LibraryPortal.Data.Search;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Data.Migrations;

/// <summary>Brings the database to the schema this program needs. One role migrates; the others wait for it.</summary>
internal sealed partial class DatabaseMigrator(
    IDbContextFactory<PortalDbContext> databases, ITitleSearch search, MigrationLock migrationLock, TimeProvider clock, ILogger<DatabaseMigrator> logger)
{
    static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    /// <summary>Applies what is missing. A current database is only read.</summary>
    /// <exception cref="DatabaseNotReadyException">The schema is newer than this program, or another process holds the migration lock.</exception>
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var pending = await PendingAsync(database, cancellationToken);
        if (pending.Count > 0)
        {
            // EF waits for its lock row without end, and a killed process leaves the row behind.
            await migrationLock.WaitUntilFreeAsync(database, cancellationToken);
            Migrating(pending.Count);
            await database.Database.MigrateAsync(cancellationToken);
        }

        // Always: a migration that rebuilds a table drops the triggers that feed the index.
        await search.PrepareAsync(database, cancellationToken);
        await SqliteJobHistory.PrepareAsync(database, cancellationToken);
    }

    /// <summary>Returns once another process has brought the schema up to date.</summary>
    public async Task WaitUntilCurrentAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Look, clock);
        for (var isFirst = true; ; isFirst = false)
        {
            await using (var database = await databases.CreateDbContextAsync(cancellationToken))
            {
                if ((await PendingAsync(database, cancellationToken)).Count == 0)
                    return;
            }

            if (isFirst)
                Waiting();
            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }

    static async Task<IReadOnlyList<string>> PendingAsync(PortalDbContext database, CancellationToken cancellationToken)
    {
        var applied = await database.Database.GetAppliedMigrationsAsync(cancellationToken);
        var known = database.Database.GetMigrations().ToList();
        var unknown = applied.Except(known).ToList();
        if (unknown.Count > 0)
        {
            throw new DatabaseNotReadyException(
                $"The database has the schema change '{unknown[^1]}', which this version of the program does not know. Start the version that made it, or a newer one.");
        }

        return [.. known.Except(applied)];
    }

    [LoggerMessage(EventId = 300, Level = LogLevel.Information, Message = "Bringing the database up to date: {Count} schema change(s).")]
    partial void Migrating(int count);

    [LoggerMessage(EventId = 301, Level = LogLevel.Information, Message = "The database schema is not current yet; waiting for the web process to migrate it.")]
    partial void Waiting();
}
