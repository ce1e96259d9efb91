using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace LibraryPortal.Data;

/// <summary>Sets each new connection up: write-ahead log, foreign keys, and a short wait for a lock instead of an error.</summary>
internal sealed class SqlitePragmas : DbConnectionInterceptor
{
    // A log of up to 16 MB is written back at a time, so that pages that change again and again are written once. The cache holds 32 MB of pages for each connection that is in use; what is mapped is shared with the system's own cache.
    const string Pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; PRAGMA busy_timeout=5000; PRAGMA temp_store=MEMORY; " +
        "PRAGMA cache_size=-32768; PRAGMA mmap_size=2147418112; PRAGMA wal_autocheckpoint=4000;";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
