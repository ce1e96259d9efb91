using System.Globalization;
using LibraryPortal.Data.Search;
using LibraryPortal.Domain.Catalog;

namespace LibraryPortal.Features.Catalog;

/// <summary>Facts about books in a reader's words.</summary>
internal static class CatalogWords
{
    /// <summary>The orders of the catalogue, as they are offered.</summary>
    public static IReadOnlyList<(TitleSort Sort, string Words)> Sorts { get; } =
    [
        (TitleSort.Relevance, "Best match"), (TitleSort.Title, "Title"), (TitleSort.Author, "Author"),
        (TitleSort.Newest, "Newest in the library"), (TitleSort.Year, "Year, latest first"), (TitleSort.Requested, "Most requested"),
    ];

    /// <summary>The headings of the filters, in their order on the page.</summary>
    public static IReadOnlyList<(FacetKind Kind, string Heading)> Facets { get; } =
        [(FacetKind.Subject, "Subject"), (FacetKind.Author, "Author"), (FacetKind.Decade, "First published"), (FacetKind.Language, "Language")];

    /// <summary>1813, or 750 BC.</summary>
    public static string Year(int year) => year < 0
        ? string.Create(CultureInfo.InvariantCulture, $"{-year} BC")
        : year.ToString(CultureInfo.InvariantCulture);

    /// <summary>What somebody did, as the name of a fact: <c>Translator</c>. Records say it in words or in the codes of the Library of Congress.</summary>
    public static string Role(string role) => role switch
    {
        "edt" => "Editor",
        "trl" => "Translator",
        "ill" => "Illustrator",
        "ctb" => "Contributor",
        "aui" => "Introduction",
        "nrt" => "Narrator",
        "pht" => "Photographer",
        "cmp" => "Composer",
        "com" => "Compiler",
        { Length: > 0 } => char.ToUpperInvariant(role[0]) + role[1..].TrimEnd('.'),
        _ => "Contributor",
    };

    /// <summary>German for <c>de</c>; the code itself where it has no name.</summary>
    public static string Language(string code)
    {
        if (code == "grc")
            return "Ancient Greek";
        try
        {
            var name = CultureInfo.GetCultureInfo(code).EnglishName;
            return name.StartsWith("Unknown", StringComparison.Ordinal) ? code : name;
        }
        catch (CultureNotFoundException)
        {
            return code;
        }
    }

    /// <summary>A value to narrow by: 1990s, German, or as it is.</summary>
    public static string Facet(FacetKind kind, string value) => kind switch
    {
        FacetKind.Subject or FacetKind.Author => value,
        FacetKind.Language => Language(value),
        FacetKind.Decade => DecadeOf(value) switch
        {
            null => value,
            < 0 and var year => string.Create(CultureInfo.InvariantCulture, $"{-year}–{-year - 9} BC"),
            0 => "1–9",
            var year => string.Create(CultureInfo.InvariantCulture, $"{year}s"),
        },
    };

    /// <summary>The first year of a decade; null when the text is none.</summary>
    public static int? DecadeOf(string value) => int.TryParse(value, CultureInfo.InvariantCulture, out var year) ? year : null;

    /// <summary>The address of titles with one value, such as all by an author.</summary>
    public static string FacetHref(FacetKind kind, string value) => new Search.CatalogQuery { Chosen = [(kind, value)] }.Href;

    /// <summary>The address of a search.</summary>
    public static string SearchHref(string? words) => new Search.CatalogQuery { Words = words }.Href;

    /// <summary>The address of an uploaded cover.</summary>
    public static string? Cover(string? file) => TitleCover.AddressOf(file);

    /// <summary>1,234, or 10,000+ where nobody counted on.</summary>
    public static string Number(int number, bool isAtLeast = false) => string.Create(CultureInfo.InvariantCulture, $"{number:N0}{(isAtLeast ? "+" : "")}");

    public static string Count(int count, string one, string many, bool isAtLeast = false) =>
        count == 1 && !isAtLeast ? $"1 {one}" : $"{Number(count, isAtLeast)} {many}";

    /// <summary>So much of what somebody typed that the answer still fits the screen.</summary>
    public static string Short(string? words) => words is { Length: > 80 } ? $"{words[..80]}…" : words ?? "";
}
