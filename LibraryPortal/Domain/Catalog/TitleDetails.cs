using LibraryPortal.Domain.Catalog.Records;

namespace LibraryPortal.Domain.Catalog;

/// <summary>What is known about a book, before or after it is in the catalogue.</summary>
public sealed record TitleDetails
{
    public required string Name { get; init; }
    public string? Subtitle { get; init; }

    /// <summary>The name it first appeared under, where that is another. Found by searches.</summary>
    public string? OriginalName { get; init; }

    /// <summary>Series and number as printed, such as <c>Earthsea, #1</c>.</summary>
    public string? Series { get; init; }

    /// <summary>Other series it appeared in, as <see cref="Series"/>. Empty without a main one: <see cref="WithSeries"/> sees to that.</summary>
    public IReadOnlyList<string> FurtherSeries { get; init; } = [];

    /// <summary>As printed, main author first. Empty: unknown.</summary>
    public IReadOnlyList<string> Authors { get; init; } = [];

    /// <summary>Of first publication; negative before our era (-750 is 750 BC).</summary>
    public int? Year { get; init; }

    /// <summary>Two-letter code (ISO 639-1), three letters where there is no shorter one.</summary>
    public string? Language { get; init; }

    /// <summary>The main one.</summary>
    public Isbn? Isbn { get; init; }

    /// <summary>Of other bindings, volumes or the set; the title is found by each. Empty without a main one: <see cref="WithIsbns"/> sees to that.</summary>
    public IReadOnlyList<Isbn> FurtherIsbns { get; init; } = [];

    public IReadOnlyList<string> Subjects { get; init; } = [];
    public string? Description { get; init; }

    /// <summary>As printed: <c>2nd revised edition</c>.</summary>
    public string? Edition { get; init; }

    public string? Publisher { get; init; }

    public string? PublicationPlace { get; init; }

    /// <summary>Of this edition, where it is not the first.</summary>
    public int? EditionYear { get; init; }

    /// <summary>As printed: <c>xi, 310 pages</c>.</summary>
    public string? Extent { get; init; }

    /// <summary>The name in its own script, where <see cref="Name"/> is a transcription. Found by searches.</summary>
    public string? ScriptName { get; init; }

    /// <summary>The main author in the script of the book.</summary>
    public string? ScriptAuthor { get; init; }

    /// <summary>Everybody who took part, with their roles and as catalogues file them, where a record told; the authors among them stand in
    /// <see cref="Authors"/> too. Empty: only the authors are known.</summary>
    public IReadOnlyList<BibliographicName> Names { get; init; } = [];

    public IReadOnlyList<BibliographicLink> Links { get; init; } = [];

    /// <summary>The main ISBN first.</summary>
    public IReadOnlyList<Isbn> AllIsbns() => Isbn is { } main ? [main, .. FurtherIsbns] : FurtherIsbns;

    /// <summary>The main series first.</summary>
    public IReadOnlyList<string> AllSeries() => Series is { } main ? [main, .. FurtherSeries] : FurtherSeries;

    /// <summary>With these ISBNs instead, the first as the main one; each once, at most <see cref="Title.MaxWords"/>.</summary>
    public TitleDetails WithIsbns(IEnumerable<Isbn> isbns)
    {
        var all = isbns.Distinct().Take(Title.MaxWords).ToList();
        return this with { Isbn = all.Count > 0 ? all[0] : null, FurtherIsbns = [.. all.Skip(1)] };
    }

    /// <summary>With these series instead, the first as the main one; each once, however it is spelled, at most <see cref="Title.MaxWords"/>.</summary>
    public TitleDetails WithSeries(IEnumerable<string> series)
    {
        var all = series.DistinctBy(SpellingOf, StringComparer.Ordinal).Take(Title.MaxWords).ToList();
        return this with { Series = all.Count > 0 ? all[0] : null, FurtherSeries = [.. all.Skip(1)] };
    }

    /// <summary>With the ISBNs and, where the series is known, the series of another record of the same book after its own; itself when it has them all.</summary>
    internal TitleDetails WithNumbersOf(TitleDetails other)
    {
        var isbns = AllIsbns().Union(other.AllIsbns()).Take(Title.MaxWords).ToList();
        var gained = isbns.Count > AllIsbns().Count ? WithIsbns(isbns) : this;
        // The main series identifies the book: a title without one gets none here.
        if (Series is null || other.Series is null)
            return gained;
        var series = gained.WithSeries(AllSeries().Concat(other.AllSeries()));
        return series.FurtherSeries.Count > FurtherSeries.Count ? series : gained;
    }

    static string SpellingOf(string series) => Folding.Fold(series) is { Length: > 0 } folded ? folded : series;
}
