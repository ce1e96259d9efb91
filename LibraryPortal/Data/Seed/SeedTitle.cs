namespace LibraryPortal.Data.Seed;

/// <summary>One entry of <c>catalog.json</c>.</summary>
internal sealed record SeedTitle
{
    public required string Name { get; init; }
    public string? Subtitle { get; init; }
    public string? OriginalName { get; init; }
    public required IReadOnlyList<string> Authors { get; init; }
    public required int Year { get; init; }
    public required string Language { get; init; }
    public required IReadOnlyList<string> Subjects { get; init; }
    public required string Shelf { get; init; }
    public required int Copies { get; init; }
    public required string Description { get; init; }
}
