namespace LibraryPortal.Jobs.Stores.Sqlite;

/// <summary>Names of queues that nothing is kept of any more, where there are many names: callers may make up any number. Found beside the writer, as all jobs have to be looked at.</summary>
internal sealed class UnusedQueues(SqliteReader reader, TimeProvider clock)
{
    /// <summary>So many names may stay for good.</summary>
    public const int Few = 1_000;

    // Bounds the transaction that forgets them.
    const int MostForgotten = 10_000;

    static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    static readonly Sql Count = new("SELECT COUNT(*) FROM queue");

    // Those of workers, which begin with an @, go with them.
    static readonly Sql Unused = new("""
        SELECT name FROM queue WHERE paused IS NULL AND substr(name, 1, 1) <> '@' AND key NOT IN (SELECT lane % 65536 FROM job) LIMIT $1
        """);

    long _lookedAt;

    /// <summary>Whether it is time to look.</summary>
    public bool AreToBeLookedFor()
    {
        if (_lookedAt != 0 && clock.GetElapsedTime(_lookedAt) < Interval)
            return false;
        if (reader.Rows(Count, static row => row.GetInt64(0))[0] <= Few)
            return false;
        _lookedAt = clock.GetTimestamp();
        return true;
    }

    public IReadOnlyList<string> Find() => reader.Rows(Unused, static row => row.GetString(0), (long)MostForgotten);
}
