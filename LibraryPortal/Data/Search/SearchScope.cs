namespace LibraryPortal.Data.Search;

/// <summary>A set of titles: those that match an expression (null: all), perhaps only those on the shelf.</summary>
/// <remarks>Finding what matches costs next to nothing, looking at a title some microseconds: no search looks at more than some thousands.</remarks>
internal sealed record SearchScope(string? Match, bool IsAvailable)
{
    /// <summary>Titles counted, and reached by paging. Beyond, a number is followed by a plus.</summary>
    public const int Most = 10_000;

    /// <summary>Looked at to count values where there are more than <see cref="Most"/>: then every count is only a least one, and a part says as much.</summary>
    public const int MostOfMany = 2_500;

    /// <summary>As the full-text index is asked; null: all titles.</summary>
    public string? Expression => IsAvailable ? TitleSearchQuery.Narrow(Match, [[FacetToken.OnShelf]]) : Match;

    /// <summary>How many there are, as far as that many.</summary>
    public int Count(SearchReader reader, int most) =>
        reader.Number($"SELECT COUNT(*) FROM (SELECT 1 FROM TitleSearch WHERE TitleSearch MATCH $match LIMIT {most})", ("$match", Expression!));

    /// <summary>The facet tokens of the titles, those of one title after those of another, each title's ended by a bar.</summary>
    public string Facets(SearchReader reader, int most) => reader.Text(
        $"SELECT group_concat(f.Facets || '|', '') FROM ({Ids} LIMIT {most}) m CROSS JOIN TitleFacts f ON f.TitleId = m.Id", ("$match", Expression!));

    /// <summary>The titles, with what ranking knows of them.</summary>
    public List<SearchRow> Rows(SearchReader reader, int most) => Rows(reader, Ids, most, ("$match", Expression!));

    /// <param name="ids">A query for numbers of titles, named Id.</param>
    public static List<SearchRow> Rows(SearchReader reader, string ids, int most, params ReadOnlySpan<(string Name, object Value)> parameters) => reader.List(
        $"SELECT f.TitleId, f.Requests, f.Words FROM ({ids} LIMIT {most}) m CROSS JOIN TitleFacts f ON f.TitleId = m.Id",
        row => new SearchRow(row.GetInt32(0), row.GetInt32(1), row.GetInt32(2)), parameters);

    const string Ids = "SELECT rowid AS Id FROM TitleSearch WHERE TitleSearch MATCH $match";
}
