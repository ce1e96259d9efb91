using LibraryPortal.Domain.Catalog.Records;

namespace LibraryPortal.Domain.Catalog;

/// <summary>What is known about a book, before or after it is in the catalogue.</summary>
public sealed record TitleDetails
{
    public required string Name { get; init; }
    public string? Subtitle { get; init; }

    /// <summary>The name it first appeared under, where that is another. Found by searches.</summary>
    public string? OriginalName { get; init; }

    /// <summary>Series and number as printed, such as <c>Earthsea, #1</c>.</summary>
    public string? Series { get; init; }

    /// <summary>As printed, main author first. Empty: unknown.</summary>
    public IReadOnlyList<string> Authors { get; init; } = [];

    /// <summary>Of first publication; negative before our era (-750 is 750 BC).</summary>
    public int? Year { get; init; }

    /// <summary>Two-letter code (ISO 639-1), three letters where there is no shorter one.</summary>
    public string? Language { get; init; }

    public Isbn? Isbn { get; init; }
    public IReadOnlyList<string> Subjects { get; init; } = [];
    public string? Description { get; init; }

    /// <summary>As printed: <c>2nd revised edition</c>.</summary>
    public string? Edition { get; init; }

    public string? Publisher { get; init; }

    public string? PublicationPlace { get; init; }

    /// <summary>Of this edition, where it is not the first.</summary>
    public int? EditionYear { get; init; }

    /// <summary>As printed: <c>xi, 310 pages</c>.</summary>
    public string? Extent { get; init; }

    /// <summary>The name in its own script, where <see cref="Name"/> is a transcription. Found by searches.</summary>
    public string? ScriptName { get; init; }

    /// <summary>The main author in the script of the book.</summary>
    public string? ScriptAuthor { get; init; }

    /// <summary>Everybody who took part, with their roles and as catalogues file them, where a record told; the authors among them stand in
    /// <see cref="Authors"/> too. Empty: only the authors are known.</summary>
    public IReadOnlyList<BibliographicName> Names { get; init; } = [];

    public IReadOnlyList<BibliographicLink> Links { get; init; } = [];
}
