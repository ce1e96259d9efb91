namespace LibraryPortal.Data.Search;

/// <summary>Titles like another: by the same author, or of the same subjects, the rarer the better.</summary>
internal static class SimilarTitles
{
    /// <summary>Candidates read of one author or subject.</summary>
    const int MostRead = 300;

    /// <summary>Subjects and authors looked at: an anthology has fifty authors.</summary>
    const int MostFacets = 8;

    public static IReadOnlyList<int> Find(SearchReader reader, int titleId, int take)
    {
        List<int> codes = [];
        reader.Visit("SELECT Facets FROM TitleFacts WHERE TitleId = $id", row =>
        {
            FacetToken.Read(row.GetString(0), codes);
            return false;
        }, ("$id", titleId));
        var own = codes.Where(code => FacetToken.KindOf(code) is FacetKind.Subject or FacetKind.Author).Take(MostFacets).ToList();
        var weights = reader.List("SELECT Id, Kind, Titles FROM FacetValues WHERE Id IN (SELECT value FROM json_each($ids)) AND Titles > 1",
            row => (Code: FacetToken.Code((FacetKind)row.GetInt32(1), row.GetInt32(0)), Titles: row.GetInt32(2)), ("$ids", SearchReader.Json(own.Select(FacetToken.IdOf))))
            .ToDictionary(value => value.Code, value => 1 / Math.Log2(value.Titles + 2));
        if (weights.Count == 0)
            return [];
        Dictionary<int, double> scores = [];
        List<int> theirs = [];
        foreach (var expression in Expressions(weights))
        {
            reader.Visit(
                $"""
                SELECT f.TitleId, f.Facets FROM (SELECT rowid AS Id FROM TitleSearch WHERE TitleSearch MATCH $match LIMIT {MostRead}) m
                CROSS JOIN TitleFacts f ON f.TitleId = m.Id
                """,
                row =>
                {
                    FacetToken.Read(row.GetString(1), theirs);
                    scores[row.GetInt32(0)] = theirs.Sum(code => weights.GetValueOrDefault(code));
                    return true;
                },
                ("$match", expression));
            if (scores.Count > MostRead)
                break;
        }

        scores.Remove(titleId);
        return [.. scores.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key).Take(take).Select(pair => pair.Key)];
    }

    // Two in common first, the rarest pair before others; then any one, the rarest first.
    static IEnumerable<string> Expressions(Dictionary<int, double> weights)
    {
        var rarest = weights.OrderByDescending(pair => pair.Value).Select(pair => $"\"{FacetToken.Write(pair.Key)}\"").ToList();
        for (var i = 1; i < rarest.Count; i++)
            yield return $"{rarest[0]} AND {rarest[i]}";
        foreach (var token in rarest)
            yield return token;
    }
}
