using Microsoft.Data.Sqlite;

namespace LibraryPortal.Data;

/// <summary>Tells "this row is already there" from other database errors.</summary>
internal static class UniqueViolation
{
    // SQLite's extended result codes.
    const int ConstraintUnique = 2067, ConstraintPrimaryKey = 1555;

    /// <summary>True when a unique index or a primary key refused the write.</summary>
    public static bool IsUniqueViolation(this Exception? error) => error switch
    {
        SqliteException sqlite => sqlite.SqliteExtendedErrorCode is ConstraintUnique or ConstraintPrimaryKey,
        _ => error?.InnerException is { } inner && inner.IsUniqueViolation(),
    };
}
