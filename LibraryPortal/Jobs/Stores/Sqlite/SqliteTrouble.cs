using Microsoft.Data.Sqlite;

namespace LibraryPortal.Jobs.Stores.Sqlite;

/// <summary>Tells an outage (a lock, a full disk, a broken file) from a mistake of ours, and says it in one sentence with the remedy.</summary>
internal static class SqliteTrouble
{
    const int Busy = 5, Locked = 6, ReadOnly = 8, IoError = 10, Corrupt = 11, Full = 13, CannotOpen = 14, NotADatabase = 26;

    /// <returns>Null when the error is not an outage.</returns>
    public static string? Describe(Exception error, string path) => error switch
    {
        JobStoreUnavailableException => error.Message,
        SqliteException sqlite => Remedy(sqlite.SqliteErrorCode) is { } remedy ? $"The job store {path} {remedy}." : null,
        UnauthorizedAccessException => $"The job store {path} cannot be made: give the program the right to write to its folder.",
        IOException => $"The job store {path} cannot be made: {error.Message}",
        _ => null,
    };

    static string? Remedy(int code) => code switch
    {
        Busy or Locked => "is locked by another program: close whatever else has the file open",
        ReadOnly => "cannot be written: give the program the right to write to the file and its folder",
        IoError => "cannot be read or written: check the disk",
        Full => "has no room: free space on the disk",
        CannotOpen => "cannot be opened: check that its folder exists and may be written",
        Corrupt or NotADatabase => "is damaged: move the file away and restore it from a backup, or start with a new one",
        _ => null,
    };
}
