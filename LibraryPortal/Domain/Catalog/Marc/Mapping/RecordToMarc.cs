using System.Globalization;
using LibraryPortal.Domain.Catalog.Records;

namespace LibraryPortal.Domain.Catalog.Marc.Mapping;

/// <summary>Writes a book as a MARC record, without ISBD punctuation (leader position 18 says so). <see cref="RecordFromMarc"/> reads the same back.</summary>
internal static class RecordToMarc
{
    const string Leader = "00000nam a2200000 c 4500";

    /// <param name="addedAt">When the library got the record, for field 008.</param>
    public static MarcRecord Map(BibliographicRecord record, DateTimeOffset addedAt) => new()
    {
        Leader = Leader,
        ControlFields = [.. record.ControlNumber is { } number ? [new MarcControlField("001", number)] : Array.Empty<MarcControlField>(), new MarcControlField("008", Coded(record, addedAt))],
        DataFields = [.. Fields(record)],
    };

    static IEnumerable<MarcDataField> Fields(BibliographicRecord record)
    {
        foreach (var isbn in record.Isbns)
            yield return Field("020", "  ", ('a', isbn.Thirteen));
        if (record.Languages.Count > 0)
            yield return new MarcDataField("041", '0', ' ', [.. record.Languages.Select(language => new MarcSubfield('a', MarcLanguages.Marc(language)))]);
        if (record.Names is [var main, ..])
            yield return Name("1", main, record.VernacularAuthor is null ? null : "880-02");
        if (record.OriginalTitle is not null)
            yield return Field("240", "10", ('a', record.OriginalTitle));
        yield return Field("245", record.Names.Count > 0 ? "10" : "00",
            ('6', record.VernacularTitle is null ? null : "880-01"), ('a', record.Title), ('b', record.Subtitle), ('p', record.Part));
        if (record.Edition is not null)
            yield return Field("250", "  ", ('a', record.Edition));
        if (record.PublicationPlace is not null || record.Publisher is not null || record.Year is not null)
            yield return Field("264", " 1", ('a', record.PublicationPlace), ('b', record.Publisher), ('c', Say(record.Year)));
        if (record.Extent is not null)
            yield return Field("300", "  ", ('a', record.Extent));
        foreach (var series in record.Series)
            yield return Field("490", "0 ", ('a', series.Name), ('v', series.Volume));
        if (record.Summary is not null)
            yield return Field("520", "  ", ('a', record.Summary));
        foreach (var subject in record.Subjects)
            yield return Subject(subject.Split(" -- "));
        foreach (var name in record.Names.Skip(1))
            yield return Name("7", name, null);
        foreach (var link in record.Links)
            yield return Field("856", "40", ('u', link.Address.AbsoluteUri), ('3', link.Label));
        if (record.VernacularTitle is not null)
            yield return Field("880", "10", ('6', "245-01"), ('a', record.VernacularTitle));
        if (record.VernacularAuthor is not null && record.Names is [var author, ..])
            yield return Field("880", "0 ", ('6', $"1{Kind(author)}-02"), ('a', record.VernacularAuthor));
    }

    // 4 in the second indicator: no list of headings is claimed.
    static MarcDataField Subject(string[] parts) =>
        new("650", ' ', '4', [.. parts.Select((part, i) => new MarcSubfield(i == 0 ? 'a' : 'x', part))]);

    static MarcDataField Name(string block, BibliographicName name, string? link) => new(block + Kind(name), Order(name), ' ',
        [.. link is null ? [] : new[] { new MarcSubfield('6', link) }, .. MarcNames.Write(name)]);

    static string Kind(BibliographicName name) => name.IsBody ? "10" : "00";

    /// <summary>2: a body in direct order; 1: a person filed by surname; 0: a person as printed.</summary>
    static char Order(BibliographicName name) =>
        name.IsBody ? '2' : name.Heading != name.Name && name.Heading.Contains(", ", StringComparison.Ordinal) ? '1' : '0';

    static MarcDataField Field(string tag, string indicators, params ReadOnlySpan<(char Code, string? Value)> subfields)
    {
        List<MarcSubfield> present = [];
        foreach (var (code, value) in subfields)
        {
            if (value is not null)
                present.Add(new MarcSubfield(code, value));
        }

        return new MarcDataField(tag, indicators[0], indicators[1], present);
    }

    /// <summary>Field 008 of a book: 40 characters, blanks and bars where nothing is known.</summary>
    static string Coded(BibliographicRecord record, DateTimeOffset addedAt)
    {
        var (year, original) = (Four(record.Year), Four(record.OriginalYear));
        var dates = record.OriginalYear is not null ? $"r{year}{original}" : record.Year is null ? "nuuuuuuuu" : $"s{year}    ";
        var language = MarcLanguages.Marc(record.Languages is [var first, ..] ? first : null);
        return $"{addedAt.ToString("yyMMdd", CultureInfo.InvariantCulture)}{dates}xx ||||| |||| 00| ||{language} d";
    }

    static string Four(int? year) => year is > 0 and < 10_000 ? year.Value.ToString("D4", CultureInfo.InvariantCulture) : "uuuu";

    static string? Say(int? year) => year is null ? null : year < 0
        ? string.Create(CultureInfo.InvariantCulture, $"{-year} BC")
        : year.Value.ToString("D4", CultureInfo.InvariantCulture);
}
