namespace LibraryPortal.Data.Search;

/// <summary>A set of titles: those that match an expression (null: all), perhaps only those on the shelf.</summary>
internal sealed record SearchScope(string? Match, bool IsAvailable)
{
    /// <summary>Titles counted, and reached by paging. Beyond, a number is followed by a plus.</summary>
    public const int Most = 10_000;

    /// <summary>As the full-text index is asked; null: all titles.</summary>
    public string? Expression => IsAvailable ? TitleSearchQuery.Narrow(Match, [[FacetToken.OnShelf]]) : Match;

    /// <summary>How many there are, as far as that many.</summary>
    public int Count(SearchReader reader, int most) =>
        reader.Number($"SELECT COUNT(*) FROM (SELECT 1 FROM TitleSearch WHERE TitleSearch MATCH $match LIMIT {most})", ("$match", Expression!));

    /// <summary>Finds what matches.</summary>
    /// <param name="most">Where there are more, only that is known, and that they can be asked for again.</param>
    public FoundScope Find(SearchReader reader, int most)
    {
        var (count, ids) = (0, "");
        reader.Visit($"SELECT COUNT(*), json_group_array(Id) FROM (SELECT rowid AS Id FROM TitleSearch WHERE TitleSearch MATCH $match LIMIT {most + 1})", row =>
        {
            (count, ids) = (row.GetInt32(0), row.GetString(1));
            return false;
        }, ("$match", Expression!));
        return count > most ? new FoundScope(this, most, null) : new FoundScope(this, count, ids);
    }
}
