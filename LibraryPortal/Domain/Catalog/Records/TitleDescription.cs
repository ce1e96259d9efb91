namespace LibraryPortal.Domain.Catalog.Records;

/// <summary>Makes the details of a catalogue title from a record, within the lengths a title may have.</summary>
public static class TitleDescription
{
    public static TitleDetails From(BibliographicRecord record) => new()
    {
        Name = Cut(record.Part is null ? record.Title : $"{record.Title}. {record.Part}", Title.MaxName),
        Subtitle = record.Subtitle is null ? null : Cut(record.Subtitle, Title.MaxName),
        Series = record.Series is [var first, ..] ? Cut(first.ToString(), Title.MaxName) : null,
        Authors = Words(Authors(record)),
        Year = record.OriginalYear ?? record.Year,
        Language = record.Languages is [var language, ..] ? language : null,
        Isbn = record.Isbns is [var isbn, ..] ? isbn : null,
        Subjects = Words(record.Subjects),
        Description = record.Summary is null ? null : Cut(record.Summary, Title.MaxDescription),
    };

    // A collection may name only an editor; better that than nobody.
    static IEnumerable<string> Authors(BibliographicRecord record)
    {
        var authors = record.Names.Where(name => name.IsAuthor).ToList();
        return (authors.Count > 0 ? authors : record.Names).Select(name => name.Name);
    }

    static string[] Words(IEnumerable<string> words) =>
        [.. words.Select(word => Cut(word, Title.MaxWord)).Distinct(StringComparer.OrdinalIgnoreCase).Take(Title.MaxWords)];

    static string Cut(string text, int length)
    {
        if (text.Length <= length)
            return text;
        var end = length - 1;
        return $"{text[..(char.IsHighSurrogate(text[end - 1]) ? end - 1 : end)].TrimEnd()}…";
    }
}
