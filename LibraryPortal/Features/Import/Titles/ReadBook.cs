using System.Text.RegularExpressions;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Domain.Catalog.Records;
using LibraryPortal.Features.Import.Mapping;
using LibraryPortal.Features.Import.Reading;

namespace LibraryPortal.Features.Import.Titles;

/// <summary>Reads a book from a row of a table.</summary>
/// <param name="copies">Of a row that does not say.</param>
/// <param name="shelf">Of copies whose row does not say.</param>
internal sealed partial class ReadBook(ColumnMap map, int copies, string? shelf)
{
    /// <returns>Null: the row is refused, and the reader knows why.</returns>
    public BookDraft? Read(string[] cells, CellReader reader)
    {
        if (!map.Fits(cells, reader))
            return null;
        var printed = map.First(cells, TitleFields.NameWithSeries);
        var (name, series) = printed.Value is null ? (map.First(cells, TitleFields.Name), map.First(cells, TitleFields.Series)) : Split(printed);
        if (CellReader.Text(name.Value) is null)
        {
            reader.Refused(name, "no title", "the title cell is empty");
            return null;
        }

        SourceCell Cell(string field) => map.First(cells, field);
        IReadOnlyList<string> authors = map.Has(TitleFields.AuthorsByComma)
            ? reader.Words(Cell(TitleFields.AuthorsByComma), [", "], "authors")
            : reader.Words(Cell(TitleFields.Authors), TitleFields.Lists, "authors");
        var title = reader.Text(name, Title.MaxName, "title")!;
        var details = new TitleDetails
        {
            Name = title,
            Subtitle = reader.Text(Cell(TitleFields.Subtitle), Title.MaxName, "subtitle"),
            OriginalName = Other(reader.Text(Cell(TitleFields.OriginalName), Title.MaxName, "original title"), title),
            Authors = authors,
            Year = reader.Year(Cell(TitleFields.Year)),
            Language = reader.Language(Cell(TitleFields.Language)),
            Subjects = reader.Words(Cell(TitleFields.Subjects), TitleFields.Lists, "subjects"),
            Description = reader.Text(Cell(TitleFields.Description), Title.MaxDescription, "description"),
            Edition = reader.Text(Cell(TitleFields.Edition), Title.MaxName, "edition"),
            Publisher = reader.Text(Cell(TitleFields.Publisher), Title.MaxName, "publisher"),
            PublicationPlace = reader.Text(Cell(TitleFields.Place), Title.MaxName, "place"),
            EditionYear = reader.Year(Cell(TitleFields.EditionYear)),
            Extent = reader.Text(Cell(TitleFields.Extent), Title.MaxName, "extent"),
            ScriptName = reader.Text(Cell(TitleFields.ScriptName), Title.MaxName, "title in its own script"),
            ScriptAuthor = reader.Text(Cell(TitleFields.ScriptAuthor), Title.MaxName, "author in their own script"),
            Names = Names(authors, reader.Words(Cell(TitleFields.Contributors), TitleFields.Lists, "contributors")),
            Links = Links(Cell(TitleFields.Links), reader),
        }.WithIsbns(Isbns(cells, reader)).WithSeries(Series(series, reader));
        return WithCopies(new BookDraft(reader.Row, details, 0, null), cells, reader);
    }

    BookDraft WithCopies(BookDraft draft, string[] cells, CellReader reader)
    {
        var barcodes = map.First(cells, TitleFields.Barcodes);
        var codes = (barcodes.Value ?? "").Split(TitleFields.Lists, StringSplitOptions.None)
            .Select(code => reader.Code(barcodes with { Value = code }, Copy.MaxBarcode, "barcode")).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var place = map.First(cells, TitleFields.Shelf);
        var shelves = (place.Value ?? "").Split(TitleFields.Lists, StringSplitOptions.TrimEntries);
        if (codes.Count == 0)
            return draft with { Copies = reader.Copies(map.First(cells, TitleFields.Copies), copies), Shelf = reader.Text(place, Copy.MaxShelf, "shelf") ?? shelf };
        string? ShelfOf(int at) => reader.Text(shelves.Length == codes.Count ? place with { Value = shelves[at] } : place, Copy.MaxShelf, "shelf") ?? shelf;
        return draft with { Copies = codes.Count, Labelled = [.. codes.Select((code, at) => (code, ShelfOf(at)))] };
    }

    List<Isbn> Isbns(string[] cells, CellReader reader)
    {
        List<Isbn> isbns = [];
        foreach (var cell in map.All(cells, TitleFields.Isbn))
        {
            foreach (var text in (cell.Value ?? "").Split(TitleFields.Lists, StringSplitOptions.None))
            {
                if (reader.Isbn(cell with { Value = text }) is { } isbn)
                    isbns.Add(isbn);
            }
        }

        return Doubtful(map.First(cells, TitleFields.DoubtfulIsbn), isbns, reader);
    }

    static List<Isbn> Doubtful(SourceCell cell, List<Isbn> isbns, CellReader reader)
    {
        if (CellReader.Text(cell.Value) is not { } text)
            return isbns;
        if (Isbn.TryParse(text, out var whole) && (isbns.Count == 0 || isbns.Contains(whole)))
            return isbns.Count == 0 ? [whole] : isbns;
        reader.Repaired(cell, isbns.Count == 0 ? "ISBN-13 damaged, left out" : "ISBN-13 damaged, rebuilt from the ISBN-10", $"'{text}'{(isbns.Count == 0 ? "" : $" is {isbns[0]}")}");
        return isbns;
    }

    // Not at a semicolon: “Earthsea ; 1” is one series and its number.
    static IEnumerable<string> Series(SourceCell cell, CellReader reader) =>
        (cell.Value ?? "").Split(TitleFields.SeriesList, StringSplitOptions.None).Select(text => reader.Text(cell with { Value = text }, Title.MaxName, "series")).OfType<string>();

    static string? Other(string? original, string name) => original is null || Folding.Fold(original) == Folding.Fold(name) ? null : original;

    // Who did what is kept beside the authors only where somebody else took part.
    static IReadOnlyList<BibliographicName> Names(IReadOnlyList<string> authors, IReadOnlyList<string> contributors) => contributors.Count == 0
        ? []
        : [.. authors.Select(author => new BibliographicName(author, author)), .. contributors.Select(Contributor)];

    static BibliographicName Contributor(string text) =>
        WithRole().Match(text) is { Success: true } match
            ? new BibliographicName(match.Groups["name"].Value, match.Groups["name"].Value, match.Groups["role"].Value.Trim().ToLowerInvariant())
            : new BibliographicName(text, text, "contributor");

    static List<BibliographicLink> Links(SourceCell cell, CellReader reader)
    {
        List<BibliographicLink> links = [];
        foreach (var match in Link().EnumerateMatches(cell.Value ?? ""))
        {
            var parts = cell.Value!.Substring(match.Index, match.Length).Split(' ', 2, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            if (links.Count < Title.MaxLinks && parts[0].Length <= Title.MaxLink && Uri.TryCreate(parts[0], UriKind.Absolute, out var address))
                links.Add(new BibliographicLink(address, parts.Length > 1 ? reader.Text(cell with { Value = parts[1].TrimEnd('|', ' ') }, Title.MaxWord, "link") : null));
        }

        if (links.Count == 0 && !string.IsNullOrWhiteSpace(cell.Value))
            reader.Repaired(cell, "no address on the web, left out", $"'{CellReader.Short(cell.Value)}'");
        return links;
    }

    /// <summary>"The Hunger Games (The Hunger Games, #1)" is a name and a place in a series.</summary>
    static (SourceCell Name, SourceCell Series) Split(SourceCell cell)
    {
        var printed = CellReader.Text(cell.Value) ?? "";
        var open = printed.LastIndexOf('(');
        if (open <= 0 || printed[^1] != ')')
            return (cell, default);
        var series = printed[(open + 1)..^1];
        var name = printed[..open].TrimEnd();
        return series.Contains('#', StringComparison.Ordinal) && !series.Contains(')', StringComparison.Ordinal) && name.Length > 0
            ? (cell with { Value = name }, cell with { Value = series })
            : (cell, default);
    }

    [GeneratedRegex(@"^(?<name>.+?)\s*\((?<role>[^()]+)\)$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex WithRole();

    [GeneratedRegex(@"https?://\S+(?:(?!https?://)[^|\n])*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Link();
}
