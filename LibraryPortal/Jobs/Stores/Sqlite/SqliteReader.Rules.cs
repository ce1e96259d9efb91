using LibraryPortal.Jobs.Inspection;
using Microsoft.Data.Sqlite;

namespace LibraryPortal.Jobs.Stores.Sqlite;

/// <summary>What there is to read of limits and logs.</summary>
internal sealed partial class SqliteReader
{
    static readonly Sql Limits = new("""
        SELECT name.name, rule.running, rule.starts, rule.period, declared.name IS NOT NULL, declared.running, declared.starts, declared.period,
          (SELECT COUNT(*) FROM gate_holder WHERE gate = 'c' || name.name),
          (SELECT COUNT(*) FROM job WHERE state = 2 AND parked = 2 AND held = 'c' || name.name)
        FROM (SELECT name, MAX(operator) AS operator FROM job_limit GROUP BY name) AS name
        JOIN job_limit AS rule ON rule.name = name.name AND rule.operator = name.operator
        LEFT JOIN job_limit AS declared ON declared.name = name.name AND declared.operator = 0
        ORDER BY name.name
        """);

    static readonly Sql LogLines = new("SELECT at, text FROM job_log WHERE job = $1 ORDER BY seq");

    public IReadOnlyList<LimitRecord> ListLimits() => Rows(Limits, static row => new LimitRecord(
        row.GetString(0), ReadRule(row, 1), row.GetBoolean(4) ? ReadRule(row, 5) : null, row.GetInt64(8), row.GetInt64(9)));

    public IReadOnlyList<JobLogLine> ReadLog(JobId id) =>
        Rows(LogLines, static row => new JobLogLine(DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(0)), row.GetString(1)), JobRow.Key(id));

    static LimitRule ReadRule(SqliteDataReader row, int from) => new(
        row.IsDBNull(from) ? null : row.GetInt32(from), row.IsDBNull(from + 1) ? null : row.GetInt32(from + 1),
        row.IsDBNull(from + 2) ? default : TimeSpan.FromMilliseconds(row.GetInt64(from + 2)));
}
