namespace LibraryPortal.Features.Import.Mapping;

/// <summary>What a column of a list of books can hold. Only the title is needed.</summary>
internal static class TitleFields
{
    public const string Name = "title", NameWithSeries = "title-series", Subtitle = "subtitle", OriginalName = "original-title", Series = "series",
        Authors = "authors", AuthorsByComma = "authors-comma", Contributors = "contributors", Year = "year", Isbn = "isbn", DoubtfulIsbn = "isbn13-doubtful",
        Language = "language", Subjects = "subjects", Description = "description", Edition = "edition", Publisher = "publisher", Place = "place",
        EditionYear = "edition-year", Extent = "extent", ScriptName = "script-title", ScriptAuthor = "script-author", Links = "links",
        Copies = "copies", Barcodes = "barcodes", Shelf = "shelf";

    /// <summary>What separates several values in one cell.</summary>
    public static string[] Lists { get; } = [";", "|", "\n"];

    /// <summary>What separates several series in one cell; a semicolon stands before the number of one.</summary>
    public static string[] SeriesList { get; } = ["|", "\n"];

    public static IReadOnlyList<ImportField> All { get; } =
    [
        new(Name, "Title", "title", "name", "book", "book_name", "book title"),
        new(NameWithSeries, "Title (series in brackets)") { Hint = "“The Hunger Games (The Hunger Games, #1)”" },
        new(Subtitle, "Subtitle", "subtitle"),
        new(OriginalName, "Original title", "original title", "original_title"),
        new(Series, "Series", "series") { Hint = "Several are separated by |, the main one first" },
        new(Authors, "Authors", "authors", "author", "creator") { Hint = "Several are separated by ; or |" },
        new(AuthorsByComma, "Authors (separated by commas)"),
        new(Contributors, "Contributors", "contributors", "contributor") { Hint = "“Ann Lee (translator); Bo Wu (illustrator)”" },
        new(Year, "Year of first publication", "year", "published", "publication_year", "publication year", "date"),
        new(Isbn, "ISBN", "isbn", "isbn13", "isbn_13", "isbn-13", "isbn10", "isbn_10", "isbn-10", "ean") { Hint = "Several are separated by ; or |, the main one first" },
        new(DoubtfulIsbn, "ISBN-13 (damaged by a spreadsheet)") { Hint = "Used where it is whole; else rebuilt from the ISBN-10" },
        new(Language, "Language", "language", "language_code", "lang"),
        new(Subjects, "Subjects", "subjects", "subject", "genres", "genre", "tags", "keywords", "category") { Hint = "Several are separated by ; or |" },
        new(Description, "Description", "description", "summary", "abstract"),
        new(Edition, "Edition", "edition"),
        new(Publisher, "Publisher", "publisher"),
        new(Place, "Place of publication", "place", "place of publication", "publication place"),
        new(EditionYear, "Year of this edition", "edition year", "edition_year"),
        new(Extent, "Extent", "extent", "pages"),
        new(ScriptName, "Title in its own script", "title in its own script", "original script"),
        new(ScriptAuthor, "Author in their own script", "author in their own script"),
        new(Links, "Links", "links", "link", "url"),
        new(Copies, "Number of copies", "copies", "quantity", "items"),
        new(Barcodes, "Barcodes of copies", "barcodes", "barcode", "accession number", "item barcode") { Hint = "Several are separated by ; or |" },
        new(Shelf, "Shelf", "shelf", "location", "shelfmark", "call number", "callnumber") { Hint = "One for all copies of the row, or one for each barcode" },
    ];

    /// <summary>The columns of goodbooks-10k, whose isbn13 went through a spreadsheet: the ISBN-10 is the one to trust.</summary>
    public static IReadOnlyDictionary<string, string> Goodbooks { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["book_id"] = "",
        ["isbn"] = Isbn,
        ["isbn13"] = DoubtfulIsbn,
        ["authors"] = AuthorsByComma,
        ["original_publication_year"] = Year,
        ["original_title"] = OriginalName,
        ["title"] = NameWithSeries,
        ["language_code"] = Language,
    };
}
