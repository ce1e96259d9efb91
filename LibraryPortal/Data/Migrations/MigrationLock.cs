using System.Data;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Data.Migrations;

/// <summary>The row by which EF keeps two processes from migrating at once. A process killed while migrating leaves it behind.</summary>
internal sealed class MigrationLock(TimeProvider clock)
{
    const string Table = "__EFMigrationsLock";

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Waits for another process to finish migrating, at most 30 seconds.</summary>
    /// <exception cref="DatabaseNotReadyException">The lock is still held.</exception>
    public async Task WaitUntilFreeAsync(PortalDbContext database, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(500), clock);
        var started = clock.GetTimestamp();
        while (await IsHeldAsync(database, cancellationToken))
        {
            if (clock.GetElapsedTime(started) > Patience)
            {
                throw new DatabaseNotReadyException(
                    "The database is locked for migration. If another process is migrating it, let it finish. If one was killed while migrating, "
                    + "make sure that none runs and release the lock with 'database unlock', then start again.");
            }

            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }

    /// <summary>Removes the row.</summary>
    /// <returns>False when there was none.</returns>
    public static async Task<bool> ReleaseAsync(PortalDbContext database, CancellationToken cancellationToken) =>
        await TableExistsAsync(database, cancellationToken)
        && await database.Database.ExecuteSqlRawAsync($"DELETE FROM \"{Table}\"", cancellationToken) > 0;

    static async Task<bool> IsHeldAsync(PortalDbContext database, CancellationToken cancellationToken) =>
        await TableExistsAsync(database, cancellationToken)
        && await ScalarAsync(database, $"SELECT COUNT(*) AS Value FROM \"{Table}\"", cancellationToken) > 0;

    static async Task<bool> TableExistsAsync(PortalDbContext database, CancellationToken cancellationToken) =>
        await ScalarAsync(database, $"SELECT COUNT(*) AS Value FROM sqlite_master WHERE type = 'table' AND name = '{Table}'", cancellationToken) > 0;

    static Task<long> ScalarAsync(PortalDbContext database, string sql, CancellationToken cancellationToken) =>
        database.Database.SqlQueryRaw<long>(sql).SingleAsync(cancellationToken);
}
