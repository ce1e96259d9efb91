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
}
