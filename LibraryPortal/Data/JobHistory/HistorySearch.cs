using System.Globalization;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.History;
using Microsoft.Data.Sqlite;

namespace LibraryPortal.Data.JobHistory;

/// <summary>A search as SQL: constant pieces put together, everything asked for in parameters.</summary>
/// <remarks>
/// With words or a tag, the full-text index walks its own lists from the latest entry back, with name, state, owner and worker in them, so that rare and common
/// ones cost the same. Without, the index by the rarest thing asked for walks its entries from the latest back. Either stops after a page.
/// </remarks>
internal sealed class HistorySearch
{
    // How far arrival may differ from the order of ending, in entries: several processes fill the history.
    const int Disorder = 20_000;

    readonly List<string> _conditions = [];
    readonly List<(string Name, object Value)> _parameters = [];
    readonly string _from;
    readonly string _order;

    /// <param name="index">The one to walk; null: as SQLite thinks best. Of no account where words or a tag are asked for.</param>
    public HistorySearch(HistoryQuery query, string? index)
    {
        var match = Match(query);
        Is("Name", query.Name);
        Is("State", query.State?.ToString());
        Is("Owner", query.Owner);
        Is("Worker", query.Worker);
        if (query.Tag is { } tag)
            Add("EXISTS (SELECT 1 FROM json_each(h.Tags) WHERE value = $tag)", ("$tag", tag));
        if (query.From is { } from)
            Add("h.FinishedAt >= $from", ("$from", from.UtcTicks));
        if (query.To is { } to)
            Add("h.FinishedAt < $to", ("$to", to.UtcTicks));
        if (query.Longer is { } longer)
            Add("h.DurationMs >= $longer", ("$longer", (long)longer.TotalMilliseconds));
        if (query.Shorter is { } shorter)
            Add("h.DurationMs <= $shorter", ("$shorter", (long)shorter.TotalMilliseconds));
        if (match is null)
        {
            (_from, _order) = (index is null ? "JobHistory h" : $"JobHistory h INDEXED BY {index}", "h.FinishedAt DESC, h.Id DESC");
            return;
        }

        // CROSS JOIN holds SQLite to this order: the words first.
        (_from, _order) = ("JobHistorySearch s CROSS JOIN JobHistory h ON h.Id = s.rowid", "s.rowid DESC");
        Add("s.JobHistorySearch MATCH $match", ("$match", match));
        if (query.From is not null)
            Add($"s.rowid >= COALESCE((SELECT Id FROM JobHistory WHERE FinishedAt >= $from ORDER BY FinishedAt LIMIT 1), 0) - {Disorder}");
        if (query.To is not null)
            Add($"s.rowid <= COALESCE((SELECT Id FROM JobHistory WHERE FinishedAt < $to ORDER BY FinishedAt DESC LIMIT 1), 0) + {Disorder}");
    }

    /// <summary>Whether the full-text index finds it.</summary>
    public static bool IsByWords(HistoryQuery query) => Match(query) is not null;

    public void Page(SqliteCommand command, int offset, int count)
    {
        Fill(command, $"SELECT h.Record FROM {_from}{Where} ORDER BY {_order} LIMIT $count OFFSET $offset");
        command.Parameters.AddWithValue("$count", count);
        command.Parameters.AddWithValue("$offset", offset);
    }

    /// <summary>How many there are, at most one more than the limit.</summary>
    public void Count(SqliteCommand command, int limit) =>
        Fill(command, string.Create(CultureInfo.InvariantCulture, $"SELECT COUNT(*) FROM (SELECT 1 FROM {_from}{Where} LIMIT {limit + 1})"));

    string Where => _conditions.Count == 0 ? "" : $" WHERE {string.Join(" AND ", _conditions)}";

    static string? Match(HistoryQuery query)
    {
        var words = query.Text is { } text ? HistoryWords.Beginnings(text) : null;
        var tag = query.Tag is { } asked ? HistoryWords.Phrase(asked) : null;
        if (words is null && tag is null && query.Worker is null)
            return null;
        string?[] parts =
        [
            words is null ? null : $"Words : ({words})", Narrow("Tags", query.Tag), Narrow("Name", query.Name), Narrow("State", query.State?.ToString()),
            Narrow("Owner", query.Owner), Narrow("Worker", query.Worker),
        ];
        return string.Join(" AND ", parts.OfType<string>()) is { Length: > 0 } match ? match : null;
    }

    static string? Narrow(string column, string? value) => value is not null && HistoryWords.Phrase(value) is { } phrase ? $"{column} : {phrase}" : null;

    void Is(string column, string? value)
    {
        if (value is not null)
            Add($"h.{column} = ${column}", ($"${column}", value));
    }

    void Add(string condition, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        _conditions.Add(condition);
        _parameters.AddRange(parameters);
    }

    void Fill(SqliteCommand command, string text)
    {
        command.Parameters.Clear();
#pragma warning disable CA2100 // constant pieces; what was asked for is in parameters
        command.CommandText = text;
#pragma warning restore CA2100
        foreach (var (name, value) in _parameters)
            command.Parameters.AddWithValue(name, value);
    }
}
