using System.Globalization;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Domain.Catalog.Records;

namespace LibraryPortal.Features.Catalog;

/// <summary>What a library's record tells of a book beyond what every book has: edition, imprint, who else took part, where to read on.</summary>
public sealed record TitleImprint
{
    public required string? Edition { get; init; }
    public required string? Publisher { get; init; }
    public required string? Place { get; init; }
    public required int? Year { get; init; }
    public required string? Extent { get; init; }
    public required string? ScriptName { get; init; }
    public required string? ScriptAuthor { get; init; }
    public required IReadOnlyList<BibliographicName> Names { get; init; }
    public required IReadOnlyList<BibliographicLink> Links { get; init; }

    public static TitleImprint Of(Title title) => new()
    {
        Edition = title.Edition,
        Publisher = title.Publisher,
        Place = title.PublicationPlace,
        Year = title.EditionYear,
        Extent = title.Extent,
        ScriptName = title.ScriptName,
        ScriptAuthor = title.ScriptAuthor,
        Names = title.Names,
        Links = title.Links,
    };

    /// <summary>The facts in the order of a title page. A year that is the only one stands with the title itself.</summary>
    public IEnumerable<(string Name, string Value)> Facts()
    {
        if (ScriptName is { } script)
            yield return ("In its own script", ScriptAuthor is { } author ? $"{script} / {author}" : script);
        if (Edition is { } edition)
            yield return ("Edition", edition);
        string?[] imprint = [Place, Publisher, Year?.ToString(CultureInfo.InvariantCulture)];
        if (imprint.Any(part => part is not null))
            yield return ("Published", string.Join(", ", imprint.Where(part => part is not null)));
        if (Extent is { } extent)
            yield return ("Extent", extent);
        foreach (var role in Names.Where(name => !name.IsAuthor).GroupBy(name => name.Role!, StringComparer.OrdinalIgnoreCase))
            yield return (CatalogWords.Role(role.Key), string.Join(", ", role.Select(name => name.Name)));
    }
}
