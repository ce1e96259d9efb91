using System.Globalization;
using Microsoft.Data.Sqlite;

namespace LibraryPortal.Jobs.Stores.Sqlite;

/// <summary>How a schedule's row is read back.</summary>
internal static class ScheduleRow
{
    /// <summary>The columns <see cref="Read"/> expects, of a table named <c>schedule</c>.</summary>
    public const string Columns = "name, revision, definition, cursor, waiting, last_due, last_fired, last_job, fired, passed_over";

    public static StoredSchedule Read(SqliteDataReader row) => new()
    {
        Name = row.GetString(0),
        Revision = row.GetInt64(1),
        Definition = row.GetFieldValue<byte[]>(2),
        Cursor = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(3)),
        Waiting = ReadTimes(row.GetString(4)),
        LastDue = Moment(row, 5),
        LastFiredAt = Moment(row, 6),
        LastJob = row.IsDBNull(7) ? null : JobRow.Id(row.GetFieldValue<byte[]>(7)),
        Fired = row.GetInt64(8),
        PassedOver = row.GetInt64(9),
    };

    public static string WriteTimes(IEnumerable<DateTimeOffset> times) =>
        string.Join(',', times.Select(static time => time.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)));

    static List<DateTimeOffset> ReadTimes(string text) =>
    [
        .. text.Split(',', StringSplitOptions.RemoveEmptyEntries)
            .Select(static time => DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(time, CultureInfo.InvariantCulture))),
    ];

    static DateTimeOffset? Moment(SqliteDataReader row, int column) =>
        row.IsDBNull(column) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));
}
