using System.Buffers;
using LibraryPortal.Domain.Catalog.Records;

namespace LibraryPortal.Domain.Catalog.Marc.Mapping;

/// <summary>
/// Reads a book out of a MARC record (Library of Congress, MARC 21 Format for Bibliographic Data): 020, 041, 100/110/700/710, 240, 245, 250, 260/264,
/// 300, 490, 520, 650, 856, 880, and dates and language of 008 where the fields do not tell.
/// </summary>
internal static class RecordFromMarc
{
    static readonly SearchValues<char> IsbnCharacters = SearchValues.Create("0123456789Xx- ");

    public static MarcMapped Map(MarcRecord record)
    {
        if (record.Status == 'd')
            return new MarcMapped(null, ["The record is marked as deleted."]);
        if (record.Type is 'z' or 'u' or 'v' or 'x' or 'y' or 'w' or 'q')
            return new MarcMapped(null, ["The record does not describe a book: it is an authority, holdings, classification or community record."]);
        var title = record.Fields("245").FirstOrDefault() ?? MarcLinkage.OfTag(record, "245").FirstOrDefault();
        if (title is null || IsbdPunctuation.TrimToNull(title.First('a') ?? title.First('k')) is not { } name)
            return new MarcMapped(null, ["The record has no title (field 245)."]);

        List<string> remarks = [];
        var vernacular = title.Tag == "245" ? MarcLinkage.Vernacular(record, title) : null;
        var main = record.Fields("100", "110").FirstOrDefault();
        var published = record.Fields("264").FirstOrDefault(field => field.Indicator2 == '1') ?? record.Fields("260", "264").FirstOrDefault();
        var (coded, original) = CodedYears(record.Control("008"));
        return new MarcMapped(new BibliographicRecord
        {
            ControlNumber = record.Control("001")?.Trim() is { Length: > 0 } number ? number : null,
            Title = name,
            Subtitle = Joined(title, "b"),
            Part = Part(title),
            VernacularTitle = vernacular is null ? null : Joined(vernacular, "ab", " : "),
            OriginalTitle = First(record, "240", 'a'),
            Names = [.. Names(record, main)],
            VernacularAuthor = main is not null && MarcLinkage.Vernacular(record, main) is { } author ? MarcNames.Read(author)?.Name : null,
            Isbns = [.. Isbns(record, remarks)],
            Languages = [.. Languages(record)],
            Edition = First(record, "250", 'a'),
            Publisher = IsbdPunctuation.TrimToNull(published?.First('b')),
            PublicationPlace = IsbdPunctuation.TrimToNull(published?.First('a')),
            Year = MarcYears.Parse(published?.First('c')) ?? coded,
            OriginalYear = original,
            Extent = First(record, "300", 'a'),
            Series = [.. Series(record)],
            Summary = Summary(record),
            Subjects = [.. record.Fields("650").Select(field => Joined(field, "abvxyz", " -- ")).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)],
            Links = [.. Links(record, remarks)],
        }, remarks);
    }

    static IEnumerable<BibliographicName> Names(MarcRecord record, MarcDataField? main)
    {
        // An added name with a title of its own ($t) is about another work inside this one.
        var added = record.Fields("700", "710").Where(field => field.First('t') is null);
        return (main is null ? added : added.Prepend(main))
            .Select(MarcNames.Read).OfType<BibliographicName>().DistinctBy(name => name.Heading, StringComparer.OrdinalIgnoreCase);
    }

    static string? Part(MarcDataField title)
    {
        var parts = title.All("np").Select(IsbdPunctuation.Trim).Where(part => part.Length > 0).ToList();
        return parts.Count == 0 ? null : string.Join(", ", parts);
    }

    static IEnumerable<Isbn> Isbns(MarcRecord record, List<string> remarks)
    {
        HashSet<Isbn> seen = [];
        foreach (var text in record.Fields("020").SelectMany(field => field.All("a")))
        {
            // Older records add the binding or the volume: 0261103253 (pbk.).
            var words = text.Trim();
            var end = words.AsSpan().IndexOfAnyExcept(IsbnCharacters);
            if (!Isbn.TryParse(end < 0 ? words : words[..end], out var isbn))
                remarks.Add($"“{Shortened(words)}” is not a valid ISBN.");
            else if (seen.Add(isbn))
                yield return isbn;
        }
    }

    static IEnumerable<string> Languages(MarcRecord record)
    {
        var codes = record.Fields("041").SelectMany(field => field.All("a")).SelectMany(MarcLanguages.Split).ToList();
        if (codes.Count == 0 && record.Control("008") is { Length: >= 38 } coded)
            codes.Add(coded[35..38]);
        return codes.Select(MarcLanguages.Short).OfType<string>().Distinct();
    }

    /// <summary>Year of this edition and, for a reprint, of the first one.</summary>
    static (int? Year, int? Original) CodedYears(string? coded) => coded is { Length: >= 15 }
        ? (MarcYears.Coded(coded.AsSpan(7, 4)), coded[6] == 'r' ? MarcYears.Coded(coded.AsSpan(11, 4)) : null)
        : (null, null);

    static IEnumerable<BibliographicSeries> Series(MarcRecord record) =>
        from field in record.Fields("490")
        let name = IsbdPunctuation.TrimToNull(field.First('a'))
        where name is not null
        select new BibliographicSeries(name, IsbdPunctuation.TrimToNull(field.First('v')));

    static string? Summary(MarcRecord record)
    {
        var notes = record.Fields("520").ToList();
        // Blank and 0 are summaries; others are reviews, abstracts, content advice.
        var note = notes.Find(field => field.Indicator1 is ' ' or '0') ?? notes.FirstOrDefault();
        return note is null ? null : string.Join(' ', note.All("ab").Select(part => part.Trim())) is { Length: > 0 } text ? text : null;
    }

    static IEnumerable<BibliographicLink> Links(MarcRecord record, List<string> remarks)
    {
        foreach (var field in record.Fields("856"))
        {
            foreach (var address in field.All("u"))
            {
                if (Uri.TryCreate(address.Trim(), UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https")
                    yield return new BibliographicLink(uri, IsbdPunctuation.TrimToNull(field.First('3') ?? field.First('y')));
                else
                    remarks.Add($"“{Shortened(address)}” is not an address on the web.");
            }
        }
    }

    static string Shortened(string text) => text.Length > 100 ? $"{text[..100]}…" : text;

    static string? First(MarcRecord record, string tag, char code) =>
        record.Fields(tag).Select(field => IsbdPunctuation.TrimToNull(field.First(code))).FirstOrDefault(value => value is not null);

    static string? Joined(MarcDataField field, string codes, string separator = " ")
    {
        var parts = field.All(codes).Select(IsbdPunctuation.Trim).Where(part => part.Length > 0).ToList();
        return parts.Count == 0 ? null : string.Join(separator, parts);
    }
}
