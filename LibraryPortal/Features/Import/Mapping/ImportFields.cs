using LibraryPortal.Domain;
using LibraryPortal.Domain.Imports;

namespace LibraryPortal.Features.Import.Mapping;

/// <summary>What columns can hold, by what the file brings.</summary>
internal static class ImportFields
{
    public static IReadOnlyList<ImportField> Of(ImportKind kind) => kind switch
    {
        ImportKind.Titles => TitleFields.All,
        ImportKind.Copies => CopyFields.All,
        ImportKind.Patrons => PatronFields.All,
    };

    /// <summary>What the columns most likely hold, told by their headings; empty where nothing fits.</summary>
    public static IReadOnlyList<string> Guess(ImportKind kind, IReadOnlyList<string> heading)
    {
        var names = heading.Select(cell => cell.Trim().ToLowerInvariant()).ToList();
        if (kind == ImportKind.Titles && TitleFields.Goodbooks.Keys.All(names.Contains))
            return [.. names.Select((name, at) => names.IndexOf(name) == at ? TitleFields.Goodbooks.GetValueOrDefault(name, "") : "")];
        return [.. names.Select(name => Of(kind).FirstOrDefault(field => field.Headings.Contains(name, StringComparer.Ordinal))?.Key ?? "")];
    }

    /// <summary>Why these columns are not enough; null when they are.</summary>
    public static Refusal? Check(ImportKind kind, IReadOnlyList<string> mapping)
    {
        bool Has(params ReadOnlySpan<string> keys)
        {
            foreach (var key in keys)
            {
                if (mapping.Contains(key, StringComparer.Ordinal))
                    return true;
            }

            return false;
        }

        return kind switch
        {
            ImportKind.Titles when !Has(TitleFields.Name, TitleFields.NameWithSeries) => Missing("Say which column holds the title."),
            ImportKind.Copies when !Has(CopyFields.Barcode) => Missing("Say which column holds the barcode."),
            ImportKind.Copies when !Has(CopyFields.TitleId, CopyFields.Isbn, CopyFields.Name) =>
                Missing("Say which column tells the title of a copy: its number here, its ISBN, or its name."),
            ImportKind.Patrons when !Has(PatronFields.Name, PatronFields.FirstName, PatronFields.LastName) => Missing("Say which column holds the name."),
            ImportKind.Titles or ImportKind.Copies or ImportKind.Patrons => null,
        };
    }

    static Refusal Missing(string sentence) => new(RefusalKind.Invalid, sentence, "import-columns");
}
