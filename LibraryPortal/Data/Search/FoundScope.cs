namespace LibraryPortal.Data.Search;

/// <summary>What a search found.</summary>
/// <remarks>Finding what matches costs next to nothing, unless several long lists must be compared; looking at a title some microseconds. So the index is asked
/// once, and no search looks at more than some thousands of titles.</remarks>
/// <param name="Count">Titles; where there are more, as many as were counted.</param>
/// <param name="Ids">All of them as a JSON list; null: there are more than were counted.</param>
internal sealed record FoundScope(SearchScope Scope, int Count, string? Ids)
{
    public bool HasMore => Ids is null;

    /// <summary>A query for the numbers of the titles, named Id, with one parameter, <see cref="Parameter"/>.</summary>
    public string Query => HasMore ? "SELECT rowid AS Id FROM TitleSearch WHERE TitleSearch MATCH $match" : "SELECT value AS Id FROM json_each($match)";

    public (string Name, object Value) Parameter => ("$match", Ids ?? Scope.Expression!);

    /// <summary>The facet tokens of the titles, those of one title after those of another, each title's ended by a bar.</summary>
    public string Facets(SearchReader reader, int most) => reader.Text(
        $"SELECT group_concat(f.Facets || '|', '') FROM ({Query} LIMIT {most}) m CROSS JOIN TitleFacts f ON f.TitleId = m.Id", Parameter);

    /// <summary>The titles, with what ranking knows of them.</summary>
    /// <param name="skip">So many of them are left out at the beginning.</param>
    public List<SearchRow> Rows(SearchReader reader, int most, int skip = 0) => Rows(reader, $"{Query} LIMIT {most} OFFSET {skip}", Parameter);

    /// <param name="ids">A query for numbers of titles, named Id.</param>
    public static List<SearchRow> Rows(SearchReader reader, string ids, params ReadOnlySpan<(string Name, object Value)> parameters) => reader.List(
        $"SELECT f.TitleId, f.Requests, f.Words FROM ({ids}) m CROSS JOIN TitleFacts f ON f.TitleId = m.Id",
        row => new SearchRow(row.GetInt32(0), row.GetInt32(1), row.GetInt32(2)), parameters);
}
