using LibraryPortal.Domain.Catalog.Records;

namespace LibraryPortal.Domain.Catalog.Marc.Mapping;

/// <summary>
/// Names of persons (100, 700) and bodies (110, 710) (Library of Congress, MARC 21 Format for Bibliographic Data, X00 and X10). Catalogues file a
/// person by surname; readers know them the other way round.
/// </summary>
internal static class MarcNames
{
    /// <summary>The name of the field; null when it has none.</summary>
    public static BibliographicName? Read(MarcDataField field)
    {
        if (IsbdPunctuation.TrimToNull(field.First('a')) is not { } name)
            return null;
        var isBody = field.Tag.EndsWith("10", StringComparison.Ordinal);
        var heading = IsbdPunctuation.Trim(string.Join(' ', field.All(isBody ? "ab" : "abcqd")));
        return new BibliographicName(isBody ? heading : Natural(name, field), heading, Role(field), isBody);
    }

    /// <summary>The subfields of a heading: years of life have one of their own.</summary>
    public static IReadOnlyList<MarcSubfield> Write(BibliographicName name)
    {
        List<MarcSubfield> subfields = [];
        var comma = name.Heading.LastIndexOf(", ", StringComparison.Ordinal);
        if (comma > 0 && name.Heading[(comma + 2)..] is [>= '0' and <= '9', ..] years)
        {
            subfields.Add(new MarcSubfield('a', name.Heading[..(comma + 1)]));
            subfields.Add(new MarcSubfield('d', years));
        }
        else
        {
            subfields.Add(new MarcSubfield('a', name.Heading));
        }

        if (name.Role is { } role)
            subfields.Add(new MarcSubfield('e', role));
        return subfields;
    }

    static string Natural(string name, MarcDataField field)
    {
        if (field.Indicator1 == '1' && name.Split(", ", 2) is [var surname, var forenames])
            name = $"{forenames} {surname}";
        if (IsbdPunctuation.TrimToNull(field.First('b')) is { } numeral)
            name = $"{name} {numeral}";
        // Of the words that go with a name only these are part of it on a title page.
        return IsbdPunctuation.TrimToNull(field.First('c')) is { } words && words is "Jr." or "Sr." or "II" or "III" ? $"{name}, {words}" : name;
    }

    static string? Role(MarcDataField field) => (IsbdPunctuation.TrimToNull(field.First('e')) ?? IsbdPunctuation.TrimToNull(field.First('4')))?.ToLowerInvariant();
}
