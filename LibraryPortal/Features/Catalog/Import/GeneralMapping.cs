using LibraryPortal.Domain.Catalog;

namespace LibraryPortal.Features.Catalog.Import;

/// <summary>A list of books as libraries keep them in spreadsheets. Only the title is needed; several authors or subjects are separated by semicolons.</summary>
internal sealed class GeneralMapping : ICatalogMapping
{
    static readonly string[] Lists = [";", "|", "\n"];

    // The first name is the one the documentation uses.
    static readonly Dictionary<string, string[]> Names = new()
    {
        ["title"] = ["title", "name", "book", "book_name", "book title"],
        ["subtitle"] = ["subtitle"],
        ["original title"] = ["original title", "original_title"],
        ["series"] = ["series"],
        ["authors"] = ["authors", "author", "creator"],
        ["year"] = ["year", "published", "publication_year", "publication year", "date"],
        ["isbn"] = ["isbn", "isbn13", "isbn_13", "isbn-13", "isbn10", "isbn_10", "isbn-10", "ean"],
        ["language"] = ["language", "language_code", "lang"],
        ["subjects"] = ["subjects", "subject", "genres", "genre", "tags", "keywords", "category"],
        ["description"] = ["description", "summary", "abstract"],
        ["copies"] = ["copies", "quantity", "items"],
        ["shelf"] = ["shelf", "location", "shelfmark", "call number", "callnumber"],
    };

    readonly Dictionary<string, List<int>> _columns;

    GeneralMapping(Dictionary<string, List<int>> columns) => _columns = columns;

    public string Name => $"general ({string.Join(", ", _columns.Keys)})";

    /// <summary>Null: no column is called title, or one of its other names.</summary>
    public static ICatalogMapping? For(IReadOnlyList<string> heading)
    {
        var columns = Names.Select(pair => (pair.Key, At: Places(heading, pair.Value))).Where(pair => pair.At.Count > 0).ToDictionary(pair => pair.Key, pair => pair.At);
        return columns.ContainsKey("title") ? new GeneralMapping(columns) : null;
    }

    public BookDraft? Map(IReadOnlyList<string> cells, CellReader reader)
    {
        IEnumerable<string> Cells(string column) => _columns.GetValueOrDefault(column, []).Where(at => at < cells.Count).Select(at => cells[at]);
        string? Cell(string column) => Cells(column).FirstOrDefault(cell => !string.IsNullOrWhiteSpace(cell));

        if (CellReader.Text(Cell("title")) is not { } name)
            return reader.Refused("no title", "the title cell is empty");
        var details = new TitleDetails
        {
            Name = reader.Text(name, Title.MaxName, "title")!,
            Subtitle = reader.Text(Cell("subtitle"), Title.MaxName, "subtitle"),
            OriginalName = reader.Text(Cell("original title"), Title.MaxName, "original title"),
            Series = reader.Text(Cell("series"), Title.MaxName, "series"),
            Authors = reader.Words(Cell("authors"), Lists, "authors"),
            Year = reader.Year(Cell("year")),
            Language = reader.Language(Cell("language")),
            Isbn = Cells("isbn").Select(reader.Isbn).FirstOrDefault(isbn => isbn is not null),
            Subjects = reader.Words(Cell("subjects"), Lists, "subjects"),
            Description = reader.Text(Cell("description"), Title.MaxDescription, "description"),
        };
        return new BookDraft(reader.Row, details, reader.Copies(Cell("copies")), reader.Text(Cell("shelf"), Copy.MaxShelf, "shelf"));
    }

    static List<int> Places(IReadOnlyList<string> heading, string[] names) =>
        [.. names.SelectMany(name => heading.Index().Where(column => column.Item.Trim().Equals(name, StringComparison.OrdinalIgnoreCase)).Select(column => column.Index))];
}
