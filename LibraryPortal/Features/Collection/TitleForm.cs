using System.Globalization;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Domain.Catalog.Records;

namespace LibraryPortal.Features.Collection;

/// <summary>The details of a title as a librarian types them; several authors, subjects, contributors, links, ISBNs and series stand on lines of their own.</summary>
internal sealed class TitleForm
{
    public string Name { get; set; } = "";
    public string Subtitle { get; set; } = "";
    public string OriginalName { get; set; } = "";
    public string Series { get; set; } = "";
    public string FurtherSeries { get; set; } = "";
    public string Authors { get; set; } = "";
    public string Contributors { get; set; } = "";
    public string Year { get; set; } = "";
    public string Language { get; set; } = "";
    public string Isbn { get; set; } = "";
    public string FurtherIsbns { get; set; } = "";
    public string Subjects { get; set; } = "";
    public string Description { get; set; } = "";
    public string Edition { get; set; } = "";
    public string Publisher { get; set; } = "";
    public string Place { get; set; } = "";
    public string EditionYear { get; set; } = "";
    public string Extent { get; set; } = "";
    public string ScriptName { get; set; } = "";
    public string ScriptAuthor { get; set; } = "";
    public string Links { get; set; } = "";

    public static TitleForm Of(TitleDetails details) => new()
    {
        Name = details.Name,
        Subtitle = details.Subtitle ?? "",
        OriginalName = details.OriginalName ?? "",
        Series = details.Series ?? "",
        FurtherSeries = string.Join('\n', details.FurtherSeries),
        Authors = string.Join('\n', details.Authors),
        Contributors = string.Join('\n', details.Names.Where(name => !details.Authors.Contains(name.Name, StringComparer.Ordinal)).Select(name => name.Role is { } role ? $"{name.Name} ({role})" : name.Name)),
        Year = Say(details.Year),
        Language = details.Language ?? "",
        Isbn = details.Isbn?.Thirteen ?? "",
        FurtherIsbns = string.Join('\n', details.FurtherIsbns),
        Subjects = string.Join('\n', details.Subjects),
        Description = details.Description ?? "",
        Edition = details.Edition ?? "",
        Publisher = details.Publisher ?? "",
        Place = details.PublicationPlace ?? "",
        EditionYear = Say(details.EditionYear),
        Extent = details.Extent ?? "",
        ScriptName = details.ScriptName ?? "",
        ScriptAuthor = details.ScriptAuthor ?? "",
        Links = string.Join('\n', details.Links.Select(link => $"{link.Address.AbsoluteUri} {link.Label}".TrimEnd())),
    };

    /// <summary>What was typed as details, or what is wrong with it, by field.</summary>
    /// <param name="before">What was known: how catalogues file a name is kept while the name is.</param>
    public TitleDetails? Read(TitleDetails? before, Dictionary<string, string> problems)
    {
        problems.Clear();
        if (string.IsNullOrWhiteSpace(Name))
            problems[nameof(Name)] = "A title needs a name.";
        var isbns = ReadIsbns(Lines(Isbn), nameof(Isbn), problems).Concat(ReadIsbns(Lines(FurtherIsbns), nameof(FurtherIsbns), problems)).ToList();
        var language = Text(Language) is { } code ? LanguageCode.Normalize(code) : null;
        if (language is null && Text(Language) is not null)
            problems[nameof(Language)] = "A language is a code of two or three letters, such as en or grc.";
        var year = ReadYear(Year, nameof(Year), problems);
        var editionYear = ReadYear(EditionYear, nameof(EditionYear), problems);
        var links = ReadLinks(problems);
        foreach (var (field, text, most) in new[]
        {
            (nameof(Name), Name, Title.MaxName), (nameof(Subtitle), Subtitle, Title.MaxName), (nameof(OriginalName), OriginalName, Title.MaxName), (nameof(Series), Series, Title.MaxName),
            (nameof(Description), Description, Title.MaxDescription), (nameof(Edition), Edition, Title.MaxName), (nameof(Publisher), Publisher, Title.MaxName), (nameof(Place), Place, Title.MaxName),
            (nameof(Extent), Extent, Title.MaxName), (nameof(ScriptName), ScriptName, Title.MaxName), (nameof(ScriptAuthor), ScriptAuthor, Title.MaxName),
        })
        {
            if (text.Trim().Length > most)
                problems[field] = string.Create(CultureInfo.InvariantCulture, $"At most {most:N0} characters; these are {text.Trim().Length:N0}.");
        }

        foreach (var (field, text) in new[] { (nameof(Authors), Authors), (nameof(Contributors), Contributors), (nameof(Subjects), Subjects) })
        {
            if (Lines(text).Length > Title.MaxWords || Lines(text).Any(line => line.Length > Title.MaxWord))
                problems[field] = $"At most {Title.MaxWords} lines of at most {Title.MaxWord} characters.";
        }

        if (isbns.Count > Title.MaxWords)
            problems[nameof(FurtherIsbns)] = $"At most {Title.MaxWords} ISBNs.";
        if (Lines(FurtherSeries).Length >= Title.MaxWords || Lines(FurtherSeries).Any(line => line.Length > Title.MaxName))
            problems[nameof(FurtherSeries)] = $"Fewer than {Title.MaxWords} lines of at most {Title.MaxName} characters.";
        return problems.Count > 0 ? null : new TitleDetails
        {
            Name = Name.Trim(),
            Subtitle = Text(Subtitle),
            OriginalName = Text(OriginalName),
            Authors = Lines(Authors),
            Year = year,
            Language = language,
            Subjects = Lines(Subjects),
            Description = Text(Description),
            Edition = Text(Edition),
            Publisher = Text(Publisher),
            PublicationPlace = Text(Place),
            EditionYear = editionYear,
            Extent = Text(Extent),
            ScriptName = Text(ScriptName),
            ScriptAuthor = Text(ScriptAuthor),
            Names = Names(before),
            Links = links,
        }.WithIsbns(isbns).WithSeries([.. Lines(Series), .. Lines(FurtherSeries)]);
    }

    BibliographicName[] Names(TitleDetails? before)
    {
        var known = (before?.Names ?? []).GroupBy(name => name.Name, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
        var contributors = Lines(Contributors);
        if (contributors.Length == 0 && known.Count == 0)
            return [];
        var authors = Lines(Authors).Select(author => known.GetValueOrDefault(author) ?? new BibliographicName(author, author));
        return [.. authors, .. contributors.Select(line => Contributor(line, known))];
    }

    static BibliographicName Contributor(string line, Dictionary<string, BibliographicName> known)
    {
        var open = line.LastIndexOf('(');
        var (name, role) = open > 0 && line[^1] == ')' ? (line[..open].Trim(), line[(open + 1)..^1].Trim().ToLowerInvariant()) : (line, "contributor");
        return known.TryGetValue(name, out var same) ? same with { Role = role } : new BibliographicName(name, name, role);
    }

    List<BibliographicLink> ReadLinks(Dictionary<string, string> problems)
    {
        List<BibliographicLink> links = [];
        foreach (var line in Lines(Links))
        {
            var parts = line.Split(' ', 2);
            if (parts[0].Length <= Title.MaxLink && Uri.TryCreate(parts[0], UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
                links.Add(new BibliographicLink(address, parts.Length > 1 ? Text(parts[1]) : null));
            else
                problems[nameof(Links)] = "Each line is an address that begins with https://, and what is found there.";
        }

        return links;
    }

    static List<Isbn> ReadIsbns(string[] lines, string field, Dictionary<string, string> problems)
    {
        List<Isbn> isbns = [];
        foreach (var line in lines)
        {
            if (Domain.Catalog.Isbn.TryParse(line, out var isbn))
                isbns.Add(isbn);
            else
                problems[field] = $"{(lines.Length == 1 ? "This" : $"“{line}”")} is no ISBN: 10 or 13 digits, the last of which proves the others.";
        }

        return isbns;
    }

    static int? ReadYear(string text, string field, Dictionary<string, string> problems)
    {
        if (Text(text) is not { } words)
            return null;
        if (int.TryParse(words, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var year) && year is >= -3500 and <= 2100)
            return year;
        problems[field] = "A year is a number, such as 1813, or -750 for 750 BC.";
        return null;
    }

    static string Say(int? year) => year?.ToString(CultureInfo.InvariantCulture) ?? "";

    static string? Text(string text) => text.Trim() is { Length: > 0 } words ? words : null;

    static string[] Lines(string text) => [.. text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.OrdinalIgnoreCase)];
}
