namespace LibraryPortal.Data.Search;

/// <summary>A value somebody chose. <paramref name="Code"/> is null for one that no title has.</summary>
internal sealed record ChosenValue(FacetKind Kind, string Value, int? Code);

/// <summary>The values results are narrowed to.</summary>
internal sealed class ChosenFacets
{
    /// <summary>A code that no title has.</summary>
    static readonly int Nowhere = FacetToken.Code((FacetKind)0, FacetToken.Radix);

    readonly HashSet<int> _codes;
    readonly List<FacetKind> _none = [];
    readonly List<FacetKind> _missing = [];

    ChosenFacets(IReadOnlyList<ChosenValue> values)
    {
        Values = values;
        Kinds = [.. values.Select(value => value.Kind).Distinct()];
        _codes = [.. values.Select(value => value.Code).OfType<int>()];
    }

    public IReadOnlyList<ChosenValue> Values { get; }

    public IReadOnlyList<FacetKind> Kinds { get; }

    public static ChosenFacets Find(SearchReader reader, IReadOnlyDictionary<FacetKind, IReadOnlyList<string>> chosen)
    {
        List<ChosenValue> values = [];
        foreach (var (kind, value) in chosen.SelectMany(pair => pair.Value.Distinct(StringComparer.OrdinalIgnoreCase).Select(value => (pair.Key, value))))
        {
            var id = reader.Number("SELECT Id FROM FacetValues WHERE Kind = $kind AND Value = $value", ("$kind", (int)kind), ("$value", value));
            values.Add(new ChosenValue(kind, value, id == 0 ? null : FacetToken.Code(kind, id)));
        }

        return new ChosenFacets(values);
    }

    public bool Has(int code) => _codes.Contains(code);

    /// <summary>The kinds of which a title has none of what was chosen, as far as two of them. The list is used again by the next call.</summary>
    public IReadOnlyList<FacetKind> Missing(List<int> codes)
    {
        if (Kinds.Count == 0)
            return _none;
        _missing.Clear();
        foreach (var kind in Kinds)
        {
            if (!codes.Exists(code => FacetToken.KindOf(code) == kind && Has(code)))
                _missing.Add(kind);
            if (_missing.Count > 1)
                break;
        }

        return _missing;
    }

    /// <summary>The tokens to narrow a search by, one group for each kind.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Groups(FacetKind? except = null) =>
        [.. Kinds.Where(kind => kind != except).Select(kind => (IReadOnlyList<string>)[.. Values.Where(value => value.Kind == kind).Select(value => FacetToken.Write(value.Code ?? Nowhere))])];
}
