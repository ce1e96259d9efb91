namespace LibraryPortal.Jobs.Stores.Sqlite;

/// <summary>What there is to read of schedules.</summary>
internal sealed partial class SqliteReader
{
    static readonly Sql AllSchedules = new($"SELECT {ScheduleRow.Columns} FROM schedule ORDER BY name");
    static readonly Sql OneSchedule = new($"SELECT {ScheduleRow.Columns} FROM schedule WHERE name = $1");

    static readonly Sql Due = new($"""
        SELECT {ScheduleRow.Columns} FROM schedule
        WHERE look_at IS NOT NULL AND (look_at <= $1 OR cursor > $2)
          OR waiting <> '' AND NOT EXISTS (SELECT 1 FROM job WHERE id = last_job AND state < 4)
        ORDER BY look_at, name LIMIT $3
        """);

    static readonly Sql NextLook = new("SELECT MIN(look_at), EXISTS (SELECT 1 FROM schedule WHERE waiting <> '') FROM schedule WHERE look_at > $1");

    public IReadOnlyList<StoredSchedule> ListSchedules() => Rows(AllSchedules, ScheduleRow.Read);

    public StoredSchedule? FindSchedule(string name) => Rows(OneSchedule, ScheduleRow.Read, name).FirstOrDefault();

    public DueSchedules FindDueSchedules(int limit)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var due = Rows(Due, ScheduleRow.Read, now, now + (long)ScheduleClock.SetBack.TotalMilliseconds, (long)limit);
        var (next, someWait) = Rows(NextLook, static row => (row.IsDBNull(0) ? (long?)null : row.GetInt64(0), row.GetBoolean(1)), now)[0];
        return new DueSchedules(
            DateTimeOffset.FromUnixTimeMilliseconds(now), due, next is { } look ? TimeSpan.FromMilliseconds(look - now) : null, someWait);
    }
}
