using Microsoft.Data.Sqlite;

namespace LibraryPortal.Api;

/// <summary>Tells a database that cannot be used now (locked, full, unreadable) from a wrong statement, which is a bug.</summary>
internal static class DatabaseOutage
{
    // SQLITE_BUSY, LOCKED, READONLY, IOERR, FULL, CANTOPEN, PROTOCOL
    static readonly HashSet<int> Codes = [5, 6, 8, 10, 13, 14, 15];

    public static bool Is(Exception error)
    {
        for (var cause = error; cause is not null; cause = cause.InnerException)
        {
            if (cause is SqliteException sqlite && Codes.Contains(sqlite.SqliteErrorCode))
                return true;
        }

        return false;
    }
}
