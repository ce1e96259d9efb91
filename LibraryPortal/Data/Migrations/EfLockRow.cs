using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Data.Migrations;

/// <summary>The row by which EF itself keeps two processes from migrating at once, and for which it waits without end. A process killed while migrating leaves it behind;
/// whoever holds the <see cref="UpgradeLock"/> knows that nobody owns it any more.</summary>
internal static class EfLockRow
{
    const string Table = "__EFMigrationsLock";

    public static async Task RemoveAsync(PortalDbContext database, CancellationToken cancellationToken)
    {
        var tables = await database.Database
            .SqlQueryRaw<long>($"SELECT COUNT(*) AS Value FROM sqlite_master WHERE type = 'table' AND name = '{Table}'").SingleAsync(cancellationToken);
        if (tables > 0)
            await database.Database.ExecuteSqlRawAsync($"DELETE FROM \"{Table}\"", cancellationToken);
    }
}
