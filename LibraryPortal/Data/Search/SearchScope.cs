using System.Data.Common;

namespace LibraryPortal.Data.Search;

/// <summary>A set of titles: those that match an expression (null: all), perhaps only those on the shelf.</summary>
/// <remarks>At most <see cref="Most"/> titles are looked at, so that a search for a word half the catalogue has costs no more than another.</remarks>
internal sealed record SearchScope(string? Match, bool IsAvailable)
{
    /// <summary>Titles counted, and reached by paging. Beyond, a number is followed by a plus.</summary>
    public const int Most = 10_000;

    /// <summary>How far the index is read for titles on the shelf, when few are.</summary>
    const int MostRead = 50_000;

    const string Narrow = "f.TitleId, f.Facets, f.Free, f.Requests, f.Words";

    /// <summary>Read where there are more than <see cref="Most"/>: then every count is only a least one, and a part says as much.</summary>
    const int MostOfMany = 2_500;

    /// <param name="sort">Which keys to read with the rows.</param>
    public ScopeRows Read(SearchReader reader, TitleSort sort)
    {
        var key = sort switch
        {
            TitleSort.Title => "f.TitleKey, 0",
            TitleSort.Author => "f.AuthorKey || char(1) || f.TitleKey, 0",
            TitleSort.Year => "f.TitleKey, f.Year",
            TitleSort.Relevance or TitleSort.Newest or TitleSort.Requested => "'', 0",
        };
        // Counting is cheap, reading is not.
        var isCapped = reader.Number($"SELECT COUNT(*) FROM (SELECT 1 {From} LIMIT {Most + 1})", ("$match", Match ?? "")) > Most;
        return new ScopeRows(reader.List($"SELECT {Narrow}, {key} {From} LIMIT {(isCapped ? MostOfMany : Most)}", Row, ("$match", Match ?? "")), isCapped);
    }

    string From => (Match, IsAvailable) switch
    {
        (null, _) => $"FROM TitleFacts f WHERE f.Free >= {(IsAvailable ? 1 : 0)}",
        (_, false) => $"FROM (SELECT rowid AS Id FROM TitleSearch WHERE TitleSearch MATCH $match LIMIT {Most + 1}) m CROSS JOIN TitleFacts f ON f.TitleId = m.Id",
        (_, true) => $"FROM (SELECT rowid AS Id FROM TitleSearch WHERE TitleSearch MATCH $match LIMIT {MostRead}) m CROSS JOIN TitleFacts f ON f.TitleId = m.Id AND f.Free > 0",
    };

    static SearchRow Row(DbDataReader row) => new(
        row.GetInt32(0), row.GetString(1), row.GetInt32(2), row.GetInt32(3), row.GetInt32(4), row.GetString(5), row.IsDBNull(6) ? int.MinValue : row.GetInt32(6));
}

/// <summary>What was read of a scope.</summary>
/// <param name="IsCapped">True when there are more titles than are looked at; then these are some of them.</param>
internal sealed record ScopeRows(List<SearchRow> Rows, bool IsCapped)
{
    public int Total => IsCapped ? SearchScope.Most : Rows.Count;
}
