namespace LibraryPortal.Data.Search;

/// <summary>Counts, for what a search found, how many titles each value would leave.</summary>
internal sealed class FacetTally(SearchReader reader, ChosenFacets chosen, bool isAvailable)
{
    /// <summary>Values listed of one kind.</summary>
    const int Most = 20;

    static readonly FacetKind[] Kinds = Enum.GetValues<FacetKind>();

    readonly Dictionary<int, int> _counts = [];
    readonly HashSet<FacetKind> _capped = [];
    readonly HashSet<FacetKind> _whole = [];
    readonly List<FacetCount> _facets = [];
    readonly List<int> _codes = [];

    public int Available { get; private set; }

    public bool IsAvailableAtLeast { get; private set; }

    /// <summary>Counts all kinds, and what is on the shelf, in one go over titles that match the words alone.</summary>
    /// <param name="titles">Their tokens, each title's ended by a bar.</param>
    public void CountWhole(string titles)
    {
        foreach (var title in titles.AsSpan().Split('|'))
        {
            FacetToken.Read(titles.AsSpan(title), _codes);
            var missing = chosen.Missing(_codes);
            if (missing.Count > 1 || (isAvailable && !_codes.Contains(FacetToken.OnShelfCode)))
                continue;
            Count(kind => missing.Count == 0 || missing[0] == kind);
            if (missing.Count == 0 && _codes.Contains(FacetToken.OnShelfCode))
                Available++;
        }
    }

    /// <summary>Counts some kinds over titles of a scope that leaves out what was chosen of them.</summary>
    /// <param name="titles">Their tokens, each title's ended by a bar.</param>
    /// <param name="isCapped">True when the scope has more titles.</param>
    public void CountScope(string titles, bool isCapped, IReadOnlyList<FacetKind> kinds)
    {
        if (isCapped)
            _capped.UnionWith(kinds);
        foreach (var title in titles.AsSpan().Split('|'))
        {
            FacetToken.Read(titles.AsSpan(title), _codes);
            Count(kinds.Contains);
        }
    }

    /// <summary>Counts how many of these titles are on the shelf.</summary>
    /// <param name="titles">Their tokens, each title's ended by a bar.</param>
    public static int OnShelf(string titles) => titles.AsSpan().Count(FacetToken.OnShelf.AsSpan());

    /// <summary>Takes the counts of the whole catalogue for a kind, which are always at hand.</summary>
    public void TakeAll(FacetKind kind)
    {
        _whole.Add(kind);
        _facets.AddRange(reader.List(
        $"SELECT Id, Value, Titles FROM FacetValues WHERE Kind = $kind AND Titles > 0 ORDER BY Titles DESC LIMIT {Most}",
        row => new FacetCount(kind, row.GetString(1), row.GetInt32(2), chosen.Has(FacetToken.Code(kind, row.GetInt32(0))), IsAtLeast: false), ("$kind", (int)kind)));
    }

    public void SetAvailable(int count, bool isAtLeast) => (Available, IsAvailableAtLeast) = (count, isAtLeast);

    public IReadOnlyList<FacetCount> Facets()
    {
        var best = Kinds.SelectMany(kind => _counts.Where(pair => FacetToken.KindOf(pair.Key) == kind).OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key).Take(Most))
            .ToDictionary(pair => FacetToken.IdOf(pair.Key), pair => pair.Value);
        var listed = reader.List(
            "SELECT Id, Kind, Value FROM FacetValues WHERE Id IN (SELECT value FROM json_each($ids))",
            row => (Id: row.GetInt32(0), Kind: (FacetKind)row.GetInt32(1), Value: row.GetString(2)), ("$ids", SearchReader.Json(best.Keys)));
        _facets.AddRange(listed.Select(value => new FacetCount(
            value.Kind, value.Value, best[value.Id], chosen.Has(FacetToken.Code(value.Kind, value.Id)), _capped.Contains(value.Kind))));
        // What was chosen stays to be seen, or it could not be taken back.
        _facets.AddRange(chosen.Values
            .Where(value => !_facets.Exists(facet => facet.Kind == value.Kind && string.Equals(facet.Value, value.Value, StringComparison.OrdinalIgnoreCase)))
            .Select(value => new FacetCount(value.Kind, value.Value, CountOf(value), IsChosen: true, _capped.Contains(value.Kind))));
        return [.. _facets.OrderBy(facet => facet.Kind).ThenByDescending(facet => facet.Count).ThenBy(facet => facet.Value, StringComparer.OrdinalIgnoreCase)];
    }

    int CountOf(ChosenValue value) => value.Code switch
    {
        null => 0,
        { } code when _whole.Contains(value.Kind) => reader.Number("SELECT Titles FROM FacetValues WHERE Id = $id", ("$id", FacetToken.IdOf(code))),
        { } code => _counts.GetValueOrDefault(code),
    };

    void Count(Func<FacetKind, bool> counts)
    {
        foreach (var code in _codes)
        {
            if (code != FacetToken.OnShelfCode && counts(FacetToken.KindOf(code)))
                System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_counts, code, out _)++;
        }
    }
}
