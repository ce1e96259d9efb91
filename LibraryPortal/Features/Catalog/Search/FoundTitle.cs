namespace LibraryPortal.Features.Catalog.Search;

/// <summary>A title in a list.</summary>
public sealed record FoundTitle
{
    public required int Id { get; init; }
    public required string Name { get; init; }
    public required string? Subtitle { get; init; }
    public required string? Series { get; init; }
    public required IReadOnlyList<string> Authors { get; init; }
    public required int? Year { get; init; }
    public required string? Language { get; init; }

    /// <summary>The file of an uploaded cover; null for a drawn one.</summary>
    public required string? Cover { get; init; }

    /// <summary>Copies that are or will be lent again.</summary>
    public required int Copies { get; init; }

    /// <summary>Copies that stand on the shelf now.</summary>
    public required int Free { get; init; }

    /// <summary>Readers who ask for it and have no copy yet.</summary>
    public required int Wanted { get; init; }
}
