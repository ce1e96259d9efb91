using LibraryPortal.Domain.Catalog;

namespace LibraryPortal.Data.Search;

/// <summary>
/// Puts what was found into the order of how well it fits: the exact title, then the words side by side in the title, all of them in the title, in the
/// authors, in both, and last in subjects. Within each, what is asked for more often, what begins with the words, and the shorter name.
/// </summary>
/// <remarks>Not bm25: it reads every title that has any of the words, half the catalogue for "the", whatever is found in the end.</remarks>
internal sealed class TitleRanking(SearchReader reader, SearchScope scope, ScopeRows read, TypedWords typed)
{
    /// <summary>Titles read of one tier where there are more than are looked at in all.</summary>
    const int MostOfTier = 1_000;

    const int MostExact = 100, MostBeginning = 200;

    readonly Dictionary<int, SearchRow> _known = read.Rows.ToDictionary(row => row.Id);
    readonly List<int> _ranked = [];
    readonly HashSet<int> _taken = [];
    HashSet<int> _begins = [];

    /// <summary>The best, as many as asked for. Tiers that are not needed for that are not read.</summary>
    public IReadOnlyList<int> First(int count)
    {
        var first = Folding.Fold(typed.Text);
        if (first.Length > 0)
            _begins = [.. Ids($"SELECT Id FROM Titles WHERE SortKey >= $first AND SortKey < $last LIMIT {MostBeginning}", ("$first", first), ("$last", first + "\uFFFF"))];
        foreach (var tier in Tiers())
        {
            Append(tier);
            if (_ranked.Count >= count)
                break;
        }

        return _ranked;
    }

    IEnumerable<IEnumerable<SearchRow>> Tiers()
    {
        yield return Exact();
        if (typed.Phrase is { } phrase)
            yield return Matching("SearchName", phrase);
        yield return Matching("SearchName", typed.All);
        yield return Matching("SearchAuthors", typed.All);
        if (typed.Words.Count > 1)
            yield return Matching("SearchName SearchAuthors", typed.All);
        yield return read.Rows;
        if (read.IsCapped)
            yield return Rows("SELECT rowid AS Id FROM TitleSearch WHERE TitleSearch MATCH $match", SearchScope.Most, ("$match", scope.Match!));
    }

    void Append(IEnumerable<SearchRow> tier) => _ranked.AddRange(tier.Where(row => _taken.Add(row.Id))
        .OrderByDescending(row => int.Log2(row.Requests + 1))
        .ThenBy(row => _begins.Contains(row.Id) ? 0 : 1)
        .ThenBy(row => row.Words)
        .ThenBy(row => row.Id)
        .Select(row => row.Id));

    IEnumerable<SearchRow> Exact()
    {
        var keys = SearchReader.Json(TitleKey.Candidates(typed.Text));
        const string Same = "SELECT Id FROM Titles WHERE SortKey IN (SELECT value FROM json_each($keys))";
        return !read.IsCapped
            ? Known(Ids($"{Same} LIMIT {MostExact}", ("$keys", keys)))
            : Rows($"SELECT rowid AS Id FROM TitleSearch WHERE TitleSearch MATCH $match AND rowid IN ({Same})", MostExact, ("$keys", keys), ("$match", scope.Match!));
    }

    IEnumerable<SearchRow> Matching(string columns, string expression)
    {
        var match = typed.Narrow(TitleSearchQuery.In(columns, expression));
        const string Find = "SELECT rowid AS Id FROM TitleSearch WHERE TitleSearch MATCH $match";
        return !read.IsCapped ? Known(Ids($"{Find} LIMIT {SearchScope.Most}", ("$match", match))) : Rows(Find, MostOfTier, ("$match", match));
    }

    IEnumerable<SearchRow> Known(List<int> ids) => ids.Where(_known.ContainsKey).Select(id => _known[id]);

    List<int> Ids(string sql, params ReadOnlySpan<(string Name, object Value)> parameters) => reader.List(sql, row => row.GetInt32(0), parameters);

    List<SearchRow> Rows(string ids, int most, params ReadOnlySpan<(string Name, object Value)> parameters) => reader.List(
        $"""
        SELECT f.TitleId, f.Requests, f.Words FROM ({ids} LIMIT {most}) m CROSS JOIN TitleFacts f ON f.TitleId = m.Id
        WHERE f.Free >= {(scope.IsAvailable ? 1 : 0)}
        """,
        row => new SearchRow(row.GetInt32(0), "", 0, row.GetInt32(1), row.GetInt32(2), "", 0), parameters);
}
