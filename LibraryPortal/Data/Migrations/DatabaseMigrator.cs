using LibraryPortal.Data.JobHistory;
using LibraryPortal.Data.Patrons;
using LibraryPortal.Data.Search;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Data.Migrations;

/// <summary>Brings the database to the schema this program needs. One role migrates; the others wait for it.</summary>
internal sealed partial class DatabaseMigrator(
    IDbContextFactory<PortalDbContext> databases, ITitleSearch search, TimeProvider clock, ILogger<DatabaseMigrator> logger)
{
    static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    /// <summary>Applies what is missing, one process at a time; an upgrade that was cut short is begun again. A current database is only read.</summary>
    /// <exception cref="DatabaseNotReadyException">The schema is newer than this program.</exception>
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var file = Path.GetFullPath(database.Database.GetDbConnection().DataSource);
        var copy = new UpgradeCopy(file);
        if (copy.IsUnfinished || (await PendingAsync(database, cancellationToken)).Count > 0)
        {
            using var alone = await UpgradeLock.TakeAsync(file, clock, OtherMigrates, cancellationToken);
            await UpgradeAsync(database, copy, cancellationToken);
        }

        // Always: a migration that rebuilds a table drops the triggers that feed the index.
        await search.PrepareAsync(database, cancellationToken);
        await SqliteJobHistory.PrepareAsync(database, cancellationToken);
        await FoldPatronNames.RunAsync(database, cancellationToken);
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

    async Task UpgradeAsync(PortalDbContext database, UpgradeCopy copy, CancellationToken cancellationToken)
    {
        var pending = await PendingAsync(database, cancellationToken);
        await database.Database.OpenConnectionAsync(cancellationToken);
        var connection = (SqliteConnection)database.Database.GetDbConnection();
        if (pending.Count > 0 && copy.IsUnfinished)
        {
            copy.PutBack(connection);
            BegunAgain();
        }
        else if (pending.Count > 0)
        {
            copy.Make(connection);
        }

        var hadRows = (await database.Database.GetAppliedMigrationsAsync(cancellationToken)).Any();
        await EfLockRow.RemoveAsync(database, cancellationToken);
        Migrating(pending.Count);
        await database.Database.MigrateAsync(cancellationToken);
        if (hadRows)
        {
            copy.Keep();
            CopyKept(copy.Kept);
        }
        else
        {
            copy.Drop();
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

    [LoggerMessage(EventId = 302, Level = LogLevel.Information, Message = "Another process brings the database up to date; waiting for it.")]
    partial void OtherMigrates();

    [LoggerMessage(EventId = 303, Level = LogLevel.Warning, Message = "The last upgrade of the database was cut short. The database was put back as it was before, and the upgrade begins again.")]
    partial void BegunAgain();

    [LoggerMessage(EventId = 304, Level = LogLevel.Information, Message = "The database as it was before the upgrade is kept in {File}. Delete it once all is well.")]
    partial void CopyKept(string file);

    [LoggerMessage(EventId = 301, Level = LogLevel.Information, Message = "The database schema is not current yet; waiting for the web process to migrate it.")]
    partial void Waiting();
}
