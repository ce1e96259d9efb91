namespace LibraryPortal.Domain.Catalog.Records;

/// <summary>Makes the details of a catalogue title from a record, within the lengths a title may have, and a record from the details.</summary>
public static class TitleDescription
{
    public static TitleDetails From(BibliographicRecord record) => new TitleDetails
    {
        Name = Cut(record.Part is null ? record.Title : $"{record.Title}. {record.Part}", Title.MaxName)!,
        Subtitle = Cut(record.Subtitle, Title.MaxName),
        Authors = Words(Authors(record)),
        Year = record.OriginalYear ?? record.Year,
        Language = record.Languages is [var language, ..] ? language : null,
        Subjects = Words(record.Subjects),
        Description = Cut(record.Summary, Title.MaxDescription),
        OriginalName = Cut(record.OriginalTitle, Title.MaxName),
        Edition = Cut(record.Edition, Title.MaxName),
        Publisher = Cut(record.Publisher, Title.MaxName),
        PublicationPlace = Cut(record.PublicationPlace, Title.MaxName),
        EditionYear = record.OriginalYear is null ? null : record.Year,
        Extent = Cut(record.Extent, Title.MaxName),
        ScriptName = Cut(record.VernacularTitle, Title.MaxName),
        ScriptAuthor = Cut(record.VernacularAuthor, Title.MaxName),
        Names = [.. record.Names.Take(Title.MaxWords).Select(name => name with { Name = Cut(name.Name, Title.MaxWord)!, Heading = Cut(name.Heading, Title.MaxName)!, Role = Cut(name.Role, Title.MaxWord) })],
        Links = [.. record.Links.Where(link => link.Address.AbsoluteUri.Length <= Title.MaxLink).Take(Title.MaxLinks).Select(link => link with { Label = Cut(link.Label, Title.MaxWord) })],
    }.WithIsbns(record.Isbns).WithSeries(record.Series.Select(series => Cut(series.ToString(), Title.MaxName)!));

    /// <summary>The record of a title, for other catalogues. <see cref="From"/> gives the same details back.</summary>
    /// <param name="number">Of the record in this catalogue.</param>
    public static BibliographicRecord ToRecord(TitleDetails details, string number) => new()
    {
        ControlNumber = number,
        Title = details.Name,
        Subtitle = details.Subtitle,
        OriginalTitle = details.OriginalName,
        VernacularTitle = details.ScriptName,
        VernacularAuthor = details.ScriptAuthor,
        Names = details.Names.Count > 0 ? details.Names : [.. details.Authors.Select(author => new BibliographicName(author, author))],
        Isbns = details.AllIsbns(),
        Languages = details.Language is { } language ? [language] : [],
        Edition = details.Edition,
        Publisher = details.Publisher,
        PublicationPlace = details.PublicationPlace,
        Year = details.EditionYear ?? details.Year,
        OriginalYear = details.EditionYear is null ? null : details.Year,
        Extent = details.Extent,
        Series = [.. details.AllSeries().Select(BibliographicSeries.Parse)],
        Summary = details.Description,
        Subjects = details.Subjects,
        Links = details.Links,
    };

    // A collection may name only an editor; better that than nobody.
    static IEnumerable<string> Authors(BibliographicRecord record)
    {
        var authors = record.Names.Where(name => name.IsAuthor).ToList();
        return (authors.Count > 0 ? authors : record.Names).Select(name => name.Name);
    }

    static string[] Words(IEnumerable<string> words) =>
        [.. words.Select(word => Cut(word, Title.MaxWord)!).Distinct(StringComparer.OrdinalIgnoreCase).Take(Title.MaxWords)];

    static string? Cut(string? text, int length)
    {
        if (text is null || text.Length <= length)
            return text;
        var end = length - 1;
        return $"{text[..(char.IsHighSurrogate(text[end - 1]) ? end - 1 : end)].TrimEnd()}…";
    }
}
