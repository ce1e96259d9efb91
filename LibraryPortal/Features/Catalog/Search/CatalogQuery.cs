using System.Globalization;
using LibraryPortal.Data.Search;
using Microsoft.Extensions.Primitives;

namespace LibraryPortal.Features.Catalog.Search;

/// <summary>All that decides what a page of the catalogue shows. It stands in the address, so that going back and sharing work; the API reads the same.</summary>
public sealed record CatalogQuery
{
    /// <summary>The page of results.</summary>
    public const string Path = "/catalog";

    /// <summary>Longer words are cut, in characters.</summary>
    public const int MaxWords = 200;

    /// <summary>More values of one kind are not looked at.</summary>
    public const int MaxChosen = 20;

    /// <summary>The names of the kinds in the address.</summary>
    public static IReadOnlyList<(FacetKind Kind, string Name)> Kinds { get; } =
        [(FacetKind.Subject, "subject"), (FacetKind.Author, "author"), (FacetKind.Decade, "decade"), (FacetKind.Language, "language")];

    /// <summary>What is searched for; null for the whole catalogue.</summary>
    public string? Words { get; init; }

    /// <summary>Kind by kind, in the order in which they were chosen.</summary>
    public IReadOnlyList<(FacetKind Kind, string Value)> Chosen { get; init; } = [];

    /// <summary>Only titles with a copy on the shelf.</summary>
    public bool IsAvailable { get; init; }

    public TitleSort Sort { get; init; }

    /// <summary>The first is 1.</summary>
    public int Page { get; init; } = 1;

    /// <summary>Search for the words as they are typed.</summary>
    public bool IsLiteral { get; init; }

    /// <summary>True when anything narrows the results but the words.</summary>
    public bool IsNarrowed => Chosen.Count > 0 || IsAvailable;

    /// <summary>The address of what is shown.</summary>
    public string Href => Parameters() is { Length: > 0 } parameters ? $"{Path}?{parameters}" : Path;

    /// <summary>What an address means. Anything it cannot mean is left out: somebody may have typed or cut it.</summary>
    /// <param name="values">The values of a parameter, by its name.</param>
    public static CatalogQuery Read(Func<string, StringValues> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var words = values("q").ToString().Trim();
        return new CatalogQuery
        {
            Words = words.Length == 0 ? null : words.Length > MaxWords ? words[..MaxWords] : words,
            Chosen = [.. Kinds.SelectMany(kind => Values(values(kind.Name)).Select(value => (kind.Kind, value)))],
            IsAvailable = IsTrue(values("available")),
            Sort = Enum.TryParse<TitleSort>(values("sort"), ignoreCase: true, out var sort) && Enum.IsDefined(sort) ? sort : TitleSort.Relevance,
            Page = int.TryParse(values("page"), CultureInfo.InvariantCulture, out var page) && page > 0 ? page : 1,
            IsLiteral = IsTrue(values("exact")),
        };
    }

    public bool Has(FacetKind kind, string value) => Chosen.Any(chosen => Same(chosen, kind, value));

    /// <summary>With this value chosen, or no longer if it was; on the first page.</summary>
    public CatalogQuery Toggle(FacetKind kind, string value) => this with
    {
        Page = 1,
        Chosen = Has(kind, value)
            ? [.. Chosen.Where(chosen => !Same(chosen, kind, value))]
            : [.. Chosen.Append((kind, value)).OrderBy(chosen => chosen.Item1)],
    };

    /// <summary>As the database is asked.</summary>
    public TitleSearchRequest ToRequest(int size) => new()
    {
        Text = Words,
        Chosen = Chosen.GroupBy(chosen => chosen.Kind).ToDictionary(group => group.Key, group => (IReadOnlyList<string>)[.. group.Select(chosen => chosen.Value)]),
        IsAvailable = IsAvailable,
        Sort = Sort,
        IsLiteral = IsLiteral,
        Skip = (Math.Min(Page, int.MaxValue / size) - 1) * size,
        Take = size,
        WantsFacets = true,
    };

    /// <summary>The parameters in the address, as names and values.</summary>
    public IEnumerable<(string Name, string Value)> Pairs()
    {
        if (Words is not null)
            yield return ("q", Words);
        foreach (var (kind, value) in Chosen)
            yield return (Kinds.First(entry => entry.Kind == kind).Name, value);
        if (IsAvailable)
            yield return ("available", "1");
        if (Sort != TitleSort.Relevance)
            yield return ("sort", Sort.ToString().ToLowerInvariant());
        if (IsLiteral)
            yield return ("exact", "1");
        if (Page > 1)
            yield return ("page", Page.ToString(CultureInfo.InvariantCulture));
    }

    public bool Equals(CatalogQuery? other) => other is not null && Href == other.Href;

    public override int GetHashCode() => Href.GetHashCode(StringComparison.Ordinal);

    string Parameters() => string.Join('&', Pairs().Select(pair => $"{pair.Name}={Uri.EscapeDataString(pair.Value)}"));

    static IEnumerable<string> Values(StringValues values) =>
        values.Select(value => value?.Trim()).Where(value => value is { Length: > 0 and <= MaxWords }).Select(value => value!)
            .Distinct(StringComparer.OrdinalIgnoreCase).Take(MaxChosen);

    static bool IsTrue(StringValues values) => values.ToString() is "1" or "true";

    static bool Same((FacetKind Kind, string Value) chosen, FacetKind kind, string value) =>
        chosen.Kind == kind && string.Equals(chosen.Value, value, StringComparison.OrdinalIgnoreCase);
}
