using System.Globalization;

namespace LibraryPortal.Features.Catalog;

/// <summary>Facts about books in a reader's words.</summary>
internal static class CatalogWords
{
    /// <summary>1813, or 750 BC.</summary>
    public static string Year(int year) => year < 0
        ? string.Create(CultureInfo.InvariantCulture, $"{-year} BC")
        : year.ToString(CultureInfo.InvariantCulture);

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

    /// <summary>The address of a search.</summary>
    public static string SearchHref(string? words, int page = 1)
    {
        var query = string.IsNullOrWhiteSpace(words) ? "" : $"q={Uri.EscapeDataString(words)}";
        if (page > 1)
            query += $"{(query.Length > 0 ? "&" : "")}page={page.ToString(CultureInfo.InvariantCulture)}";
        return query.Length == 0 ? "/catalog" : $"/catalog?{query}";
    }

    public static string Count(int count, string one, string many) => count == 1 ? $"1 {one}" : string.Create(CultureInfo.InvariantCulture, $"{count:N0} {many}");
}
