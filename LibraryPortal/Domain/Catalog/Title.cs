using LibraryPortal.Domain.Catalog.Records;

namespace LibraryPortal.Domain.Catalog;

/// <summary>A book in the catalogue. It is the title that is requested and the copy that is lent.</summary>
public sealed class Title
{
    /// <summary>The longest name, subtitle, original name or series, in characters.</summary>
    public const int MaxName = 500;

    /// <summary>The longest single author or subject, in characters.</summary>
    public const int MaxWord = 200;

    /// <summary>The most authors, the most subjects, the most ISBNs and the most series of one title.</summary>
    public const int MaxWords = 200;

    /// <summary>The longest description, in characters.</summary>
    public const int MaxDescription = 4000;

    /// <summary>The longest address of a link, in characters.</summary>
    public const int MaxLink = 2000;

    /// <summary>The most links of one title.</summary>
    public const int MaxLinks = 20;

    readonly List<Copy> _copies = [];

    Title() { }

    public Title(TitleDetails details, DateTimeOffset addedAt)
    {
        AddedAt = addedAt;
        Set(details);
    }

    public int Id { get; private set; }
    public string Name { get; private set; } = "";
    public string? Subtitle { get; private set; }
    public string? OriginalName { get; private set; }
    public string? Series { get; private set; }

    /// <summary>Other series than the main one.</summary>
    public IReadOnlyList<string> FurtherSeries { get; private set; } = [];

    public IReadOnlyList<string> Authors { get; private set; } = [];
    public int? Year { get; private set; }
    public string? Language { get; private set; }
    public string? Isbn10 { get; private set; }
    public string? Isbn13 { get; private set; }

    /// <summary>Other ISBNs than the main one, 13 digits each.</summary>
    public IReadOnlyList<string> FurtherIsbns { get; private set; } = [];

    public IReadOnlyList<string> Subjects { get; private set; } = [];
    public string? Description { get; private set; }
    public string? Edition { get; private set; }
    public string? Publisher { get; private set; }
    public string? PublicationPlace { get; private set; }
    public int? EditionYear { get; private set; }
    public string? Extent { get; private set; }
    public string? ScriptName { get; private set; }
    public string? ScriptAuthor { get; private set; }
    public IReadOnlyList<BibliographicName> Names { get; private set; } = [];
    public IReadOnlyList<BibliographicLink> Links { get; private set; } = [];
    public DateTimeOffset AddedAt { get; private set; }

    /// <summary>Folded name without its article: the order of lists, and what an exact search compares.</summary>
    public string SortKey { get; private set; } = "";

    /// <summary>The first author, last name first: the order of lists by author.</summary>
    public string AuthorKey { get; private set; } = "";

    /// <summary>Tells the same book from one of the same name: name, subtitle, series and first author, folded.</summary>
    public string IdentityKey { get; private set; } = "";

    /// <summary>Folded words of all its names and its series, as the search index reads them.</summary>
    public string SearchName { get; private set; } = "";

    /// <summary>Folded words of all authors, as the search index reads them.</summary>
    public string SearchAuthors { get; private set; } = "";

    /// <summary>Folded words of all subjects, as the search index reads them.</summary>
    public string SearchSubjects { get; private set; } = "";

    /// <summary>All ISBNs, long and short, as the search index reads them.</summary>
    public string SearchIsbn { get; private set; } = "";

    public IReadOnlyList<Copy> Copies => _copies;

    public TitleDetails Details => new()
    {
        Name = Name,
        Subtitle = Subtitle,
        OriginalName = OriginalName,
        Series = Series,
        FurtherSeries = FurtherSeries,
        Authors = Authors,
        Year = Year,
        Language = Language,
        Isbn = Isbn.TryParse(Isbn13, out var isbn) ? isbn : null,
        FurtherIsbns = [.. FurtherIsbns.Select(text => Isbn.TryParse(text, out var further) ? further : throw new InvalidOperationException($"Title {Id} has the ISBN {text}."))],
        Subjects = Subjects,
        Description = Description,
        Edition = Edition,
        Publisher = Publisher,
        PublicationPlace = PublicationPlace,
        EditionYear = EditionYear,
        Extent = Extent,
        ScriptName = ScriptName,
        ScriptAuthor = ScriptAuthor,
        Names = Names,
        Links = Links,
    };

    /// <summary>The <see cref="IdentityKey"/> a book with these details has. Nothing that may be filled in later takes part in it.</summary>
    public static string IdentityOf(TitleDetails details) => string.Join('|',
        Folding.Fold(details.Name) is { Length: > 0 } folded ? folded : details.Name,
        Folding.Fold(details.Subtitle ?? ""),
        Folding.Fold(details.Series ?? ""),
        Folding.Fold(details.Authors is [var first, ..] ? first : ""));

    /// <summary>13 digits each, the main one first.</summary>
    public IReadOnlyList<string> AllIsbns() => Isbn13 is { } main ? [main, .. FurtherIsbns] : FurtherIsbns;

    /// <summary>Adds a copy that stands on the shelf.</summary>
    public Copy AddCopy(string barcode, string? shelf = null)
    {
        var copy = new Copy(barcode, shelf);
        _copies.Add(copy);
        return copy;
    }

    /// <summary>Replaces what is known about the book: what a librarian has corrected.</summary>
    public void Describe(TitleDetails details) => Set(details);

    /// <summary>Takes over all that only another record of the same book knew, its series too: a librarian has said that both are one.</summary>
    public void Absorb(TitleDetails other)
    {
        FillGaps(other);
        if (Series is null && other.Series is not null)
            Set(Details.WithSeries(other.AllSeries()));
    }

    /// <summary>Takes over what was not known so far, further ISBNs and series among it; never changes what was, nor what identifies the title.</summary>
    /// <returns>True when something was added.</returns>
    public bool FillGaps(TitleDetails other)
    {
        var known = Details;
        var filled = known.WithNumbersOf(other) with
        {
            OriginalName = known.OriginalName ?? other.OriginalName,
            Year = known.Year ?? other.Year,
            Language = known.Language ?? other.Language,
            Subjects = Fuller(known.Subjects, other.Subjects),
            Description = known.Description ?? other.Description,
            Edition = known.Edition ?? other.Edition,
            Publisher = known.Publisher ?? other.Publisher,
            PublicationPlace = known.PublicationPlace ?? other.PublicationPlace,
            EditionYear = known.EditionYear ?? other.EditionYear,
            Extent = known.Extent ?? other.Extent,
            ScriptName = known.ScriptName ?? other.ScriptName,
            ScriptAuthor = known.ScriptAuthor ?? other.ScriptAuthor,
            Names = Fuller(known.Names, other.Names),
            Links = Fuller(known.Links, other.Links),
        };
        // Lists compare by reference here, which is right: a list is either kept or taken over.
        if (filled == known)
            return false;
        Set(filled);
        return true;
    }

    static IReadOnlyList<T> Fuller<T>(IReadOnlyList<T> known, IReadOnlyList<T> other) => known.Count > 0 || other.Count == 0 ? known : other;

    void Set(TitleDetails details)
    {
        Name = details.Name;
        Subtitle = details.Subtitle;
        OriginalName = details.OriginalName;
        Series = details.Series;
        FurtherSeries = details.FurtherSeries;
        Authors = details.Authors;
        Year = details.Year;
        Language = details.Language;
        Isbn10 = details.Isbn?.Ten;
        Isbn13 = details.Isbn?.Thirteen;
        FurtherIsbns = [.. details.FurtherIsbns.Select(isbn => isbn.Thirteen)];
        Subjects = details.Subjects;
        Description = details.Description;
        Edition = details.Edition;
        Publisher = details.Publisher;
        PublicationPlace = details.PublicationPlace;
        EditionYear = details.EditionYear;
        Extent = details.Extent;
        ScriptName = details.ScriptName;
        ScriptAuthor = details.ScriptAuthor;
        Names = details.Names;
        Links = details.Links;
        SortKey = TitleKey.For(details.Name, details.Language);
        AuthorKey = Catalog.AuthorKey.For(details.Authors);
        IdentityKey = IdentityOf(details);
        SearchName = Folding.IndexText($"{details.Name} {details.Subtitle} {details.OriginalName} {details.Series} {details.ScriptName} {string.Join(' ', details.FurtherSeries)}".TrimEnd());
        SearchAuthors = string.Join(' ', Everybody(details).Select(Folding.IndexText));
        SearchSubjects = string.Join(' ', details.Subjects.Select(Folding.IndexText));
        SearchIsbn = string.Join(' ', details.AllIsbns().Select(isbn => $"{isbn.Thirteen} {isbn.Ten}".TrimEnd()));
    }

    // A translator or an illustrator is looked for as well; who is an author stands in both lists.
    static IEnumerable<string> Everybody(TitleDetails details) =>
        details.Authors.Concat(details.Names.Select(name => name.Name)).Append(details.ScriptAuthor ?? "").Where(name => name.Length > 0).Distinct(StringComparer.Ordinal);
}
