using System.Globalization;
using LibraryPortal.Jobs.History;
using Microsoft.Data.Sqlite;

namespace LibraryPortal.Data.JobHistory;

/// <summary>Finds the index to walk when several things are asked for: that of the rarest, counted in the indexes alone and no further than pays. Without it SQLite, which
/// knows no frequencies, may look at every job that succeeded to find the one that took an hour.</summary>
internal static class RarestIndex
{
    // So many rows are looked at and sorted sooner than rows are passed over from the latest back, where one in twenty or more fits.
    const int Enough = 50_000;

    /// <returns>Its name; null where SQLite finds its own way, because only one thing is asked for or nothing is rare.</returns>
    public static string? Find(SqliteCommand command, HistoryQuery query)
    {
        var candidates = Candidates(query).ToList();
        if (candidates.Count == 0 || (candidates.Count == 1 && query is { Longer: null, Shorter: null }))
            return null;
        var (rarest, least) = ((string?)null, Enough + 1L);
        foreach (var (index, condition) in candidates)
        {
            // No further than the rarest so far: it cannot be rarer then.
            var count = Count(command, query, index, condition, least);
            if (count < least)
                (rarest, least) = (index, count);
        }

        return rarest;
    }

    static IEnumerable<(string Index, string Condition)> Candidates(HistoryQuery query)
    {
        var time = $"{(query.From is null ? "" : " AND FinishedAt >= $from")}{(query.To is null ? "" : " AND FinishedAt < $to")}";
        if (query.Owner is not null)
            yield return ("IX_JobHistory_Owner_FinishedAt", $"Owner = $owner{time}");
        if (query.Name is not null)
            yield return ("IX_JobHistory_Name_FinishedAt", $"Name = $name{time}");
        if (query.State is not null)
            yield return ("IX_JobHistory_State_FinishedAt", $"State = $state{time}");
        if (query.Longer is not null || query.Shorter is not null)
            yield return ("IX_JobHistory_DurationMs", $"DurationMs >= $longer AND DurationMs <= $shorter");
        if (time.Length > 0)
            yield return ("IX_JobHistory_FinishedAt", $"1{time}");
    }

    static long Count(SqliteCommand command, HistoryQuery query, string index, string condition, long limit)
    {
        command.Parameters.Clear();
#pragma warning disable CA2100 // constant pieces; what was asked for is in parameters
        command.CommandText = string.Create(CultureInfo.InvariantCulture, $"SELECT COUNT(*) FROM (SELECT 1 FROM JobHistory INDEXED BY {index} WHERE {condition} LIMIT {limit})");
#pragma warning restore CA2100
        Add("$owner", query.Owner);
        Add("$name", query.Name);
        Add("$state", query.State?.ToString());
        Add("$from", query.From?.UtcTicks);
        Add("$to", query.To?.UtcTicks);
        Add("$longer", (long)(query.Longer ?? TimeSpan.Zero).TotalMilliseconds);
        Add("$shorter", (long)(query.Shorter ?? TimeSpan.MaxValue).TotalMilliseconds);
        return (long)command.ExecuteScalar()!;

        void Add(string name, object? value)
        {
            if (condition.Contains(name, StringComparison.Ordinal))
                command.Parameters.AddWithValue(name, value);
        }
    }
}
