using LibraryPortal.Domain.Catalog;

namespace LibraryPortal.Data.Search;

/// <summary>
/// Puts what was found into the order of how well it fits: the exact title, then the words side by side in the title, all of them in the title, in the
/// authors, in both, and last in subjects. Within each, what is asked for more often, what begins with the words, and the shorter name.
/// </summary>
/// <remarks>Not bm25: it reads every title that has any of the words, half the catalogue for "the", whatever is found in the end.</remarks>
internal sealed class TitleRanking(SearchReader reader, FoundScope found, TypedWords typed)
{
    /// <summary>Titles read of one tier. Where more are found than that, each tier is read for itself and only as far as it is needed.</summary>
    const int MostOfTier = 2_500;

    const int MostExact = 100, MostBeginning = 200;

    readonly Dictionary<int, SearchRow>? _known = found.Count > MostOfTier ? null : found.Rows(reader, MostOfTier).ToDictionary(row => row.Id);
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
        if (_known is not null)
            yield return _known.Values;
        // Part by part, each ranked for itself: the pages that people look at need only the first, and the later ones still find the same titles before them.
        for (var read = 0; _known is null && read < SearchScope.Most; read += MostOfTier)
            yield return found.Rows(reader, MostOfTier, read);
    }

    void Append(IEnumerable<SearchRow> tier) => _ranked.AddRange(tier.Where(row => _taken.Add(row.Id))
        .OrderByDescending(row => int.Log2(row.Requests + 1))
        .ThenBy(row => _begins.Contains(row.Id) ? 0 : 1)
        .ThenBy(row => row.Words)
        .ThenBy(row => row.Id)
        .Select(row => row.Id));

    // Asking the index for each title of the name is dear where it has to compare long lists, so what is narrowed away is left out before.
    const string HasFacets = """
        NOT EXISTS (SELECT 1 FROM TitleFacts f CROSS JOIN json_each($facets) g WHERE f.TitleId = Titles.Id
        AND NOT EXISTS (SELECT 1 FROM json_each(g.value) v WHERE instr(f.Facets, v.value) > 0))
        """;

    IEnumerable<IReadOnlyList<string>> Facets() => found.Scope.IsAvailable ? [.. typed.Groups, [FacetToken.OnShelf]] : typed.Groups;

    IEnumerable<SearchRow> Exact()
    {
        var keys = SearchReader.Json(TitleKey.Candidates(typed.Text));
        const string Same = "SELECT Id FROM Titles WHERE SortKey IN (SELECT value FROM json_each($keys))";
        return _known is not null
            ? Known($"{Same} LIMIT {MostExact}", ("$keys", keys))
            : FoundScope.Rows(reader, $"SELECT rowid AS Id FROM TitleSearch WHERE TitleSearch MATCH $match AND rowid IN ({Same} AND {HasFacets} LIMIT {MostExact})",
                ("$keys", keys), ("$facets", SearchReader.Json(Facets())), ("$match", found.Scope.Expression!));
    }

    IEnumerable<SearchRow> Matching(string columns, string expression)
    {
        var tier = found.Scope with { Match = typed.Narrow(TitleSearchQuery.In(columns, expression)) };
        return _known is null
            ? new FoundScope(tier, MostOfTier, null).Rows(reader, MostOfTier)
            : Known($"SELECT rowid FROM TitleSearch WHERE TitleSearch MATCH $match LIMIT {MostOfTier}", ("$match", tier.Expression!));
    }

    IEnumerable<SearchRow> Known(string sql, params ReadOnlySpan<(string Name, object Value)> parameters) =>
        Ids(sql, parameters).Where(_known!.ContainsKey).Select(id => _known[id]);

    List<int> Ids(string sql, params ReadOnlySpan<(string Name, object Value)> parameters) => reader.List(sql, row => row.GetInt32(0), parameters);
}
