namespace LibraryPortal.Features.Catalog.Synthesis;

/// <summary>One made-up book, as a row of a file that <c>import catalog</c> reads.</summary>
internal sealed record SyntheticTitle(
    string Title, string? Subtitle, string? Series, IReadOnlyList<string> Authors, int? Year, string? Isbn, string Language,
    IReadOnlyList<string> Subjects, string? Description, int Copies, string Shelf)
{
    /// <summary>The columns of the file.</summary>
    public static IReadOnlyList<string> Heading { get; } =
        ["title", "subtitle", "series", "authors", "year", "isbn", "language", "subjects", "description", "copies", "shelf"];

    public IEnumerable<string?> Cells()
    {
        var numbers = System.Globalization.CultureInfo.InvariantCulture;
        return [Title, Subtitle, Series, string.Join("; ", Authors), Year?.ToString(numbers), Isbn, Language, string.Join("; ", Subjects), Description, Copies.ToString(numbers), Shelf];
    }
}
