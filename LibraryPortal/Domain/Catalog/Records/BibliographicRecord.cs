namespace LibraryPortal.Domain.Catalog.Records;

/// <summary>What a library's record says about a book, freed from the format it came in and from cataloguers' punctuation.</summary>
public sealed record BibliographicRecord
{
    /// <summary>The number of the record in the catalogue it came from.</summary>
    public string? ControlNumber { get; init; }

    public required string Title { get; init; }

    public string? Subtitle { get; init; }

    /// <summary>Number and name of a part, such as <c>Part 2, The two towers</c>.</summary>
    public string? Part { get; init; }

    /// <summary>Title and subtitle in their own script, where <see cref="Title"/> is a transcription.</summary>
    public string? VernacularTitle { get; init; }

    /// <summary>The name the work first appeared under, in another language.</summary>
    public string? OriginalTitle { get; init; }

    /// <summary>Main author first.</summary>
    public IReadOnlyList<BibliographicName> Names { get; init; } = [];

    /// <summary>Main author in the script of the book.</summary>
    public string? VernacularAuthor { get; init; }

    public IReadOnlyList<Isbn> Isbns { get; init; } = [];

    /// <summary>Of the text; two-letter codes (ISO 639-1), three letters where there is no shorter one (ISO 639-2/B).</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    public string? Edition { get; init; }

    public string? Publisher { get; init; }

    public string? PublicationPlace { get; init; }

    /// <summary>Of this edition.</summary>
    public int? Year { get; init; }

    /// <summary>Of the first edition, where this is known to be a reprint.</summary>
    public int? OriginalYear { get; init; }

    /// <summary>As printed: <c>xi, 310 p.</c></summary>
    public string? Extent { get; init; }

    public IReadOnlyList<BibliographicSeries> Series { get; init; } = [];

    public string? Summary { get; init; }

    /// <summary>Headings, their parts joined by <c> -- </c>.</summary>
    public IReadOnlyList<string> Subjects { get; init; } = [];

    public IReadOnlyList<BibliographicLink> Links { get; init; } = [];
}
