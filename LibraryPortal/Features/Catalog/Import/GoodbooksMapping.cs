using LibraryPortal.Domain.Catalog;

namespace LibraryPortal.Features.Catalog.Import;

/// <summary>The columns of the goodbooks-10k data set. Its isbn13 column went through a spreadsheet and is damaged; the ISBN-10 is the one to trust.</summary>
internal sealed class GoodbooksMapping : ICatalogMapping
{
    static readonly string[] Signature = ["book_id", "isbn", "isbn13", "authors", "original_publication_year", "original_title", "title", "language_code"];

    readonly Dictionary<string, int> _columns;

    GoodbooksMapping(Dictionary<string, int> columns) => _columns = columns;

    public string Name => "goodbooks-10k";

    /// <summary>Null: the heading is of another kind of file.</summary>
    public static ICatalogMapping? For(IReadOnlyList<string> heading)
    {
        var columns = heading.Index().GroupBy(column => column.Item.Trim().ToLowerInvariant()).ToDictionary(group => group.Key, group => group.First().Index);
        return Signature.All(columns.ContainsKey) ? new GoodbooksMapping(columns) : null;
    }

    public BookDraft? Map(IReadOnlyList<string> cells, CellReader reader)
    {
        string? Cell(string column) => _columns[column] < cells.Count ? cells[_columns[column]] : null;

        if (CellReader.Text(Cell("title")) is not { } printed)
            return reader.Refused("no title", "the title cell is empty");
        var (name, series) = Split(printed);
        var details = new TitleDetails
        {
            Name = reader.Text(name, Title.MaxName, "title")!,
            OriginalName = OriginalName(reader.Text(Cell("original_title"), Title.MaxName, "original title"), name),
            Series = reader.Text(series, Title.MaxName, "series"),
            Authors = reader.Words(Cell("authors"), [", "], "authors"),
            Year = reader.Year(Cell("original_publication_year")),
            Language = reader.Language(Cell("language_code")),
            Isbn = ReadIsbn(Cell("isbn"), Cell("isbn13"), reader),
        };
        return new BookDraft(reader.Row, details, 1, null);
    }

    static Isbn? ReadIsbn(string? ten, string? thirteen, CellReader reader)
    {
        var isbn = reader.Isbn(ten);
        if (CellReader.Text(thirteen) is not { } text || (Isbn.TryParse(text, out var whole) && (isbn ?? whole) == whole))
            return isbn ?? (Isbn.TryParse(thirteen, out var only) ? only : null);
        reader.Repaired(isbn is null ? "ISBN-13 damaged, left out" : "ISBN-13 damaged, rebuilt from the ISBN-10", $"'{text}'{(isbn is null ? "" : $" is {isbn}")}");
        return isbn;
    }

    static string? OriginalName(string? original, string name) =>
        original is null || Folding.Fold(original) == Folding.Fold(name) ? null : original;

    /// <summary>"The Hunger Games (The Hunger Games, #1)" is a name and a place in a series.</summary>
    static (string Name, string? Series) Split(string printed)
    {
        var open = printed.LastIndexOf('(');
        if (open <= 0 || printed[^1] != ')')
            return (printed, null);
        var series = printed[(open + 1)..^1];
        var name = printed[..open].TrimEnd();
        return series.Contains('#', StringComparison.Ordinal) && !series.Contains(')', StringComparison.Ordinal) && name.Length > 0 ? (name, series) : (printed, null);
    }
}
