using LibraryPortal.Domain.Catalog;

namespace LibraryPortal.Features.Catalog;

/// <summary>All that the page of a title shows.</summary>
internal sealed record TitleView
{
    public required int Id { get; init; }
    public required string Name { get; init; }
    public required string? Subtitle { get; init; }
    public required string? OriginalName { get; init; }
    public required string? Series { get; init; }
    public required IReadOnlyList<string> Authors { get; init; }
    public required int? Year { get; init; }
    public required string? Language { get; init; }
    public required string? Isbn10 { get; init; }
    public required string? Isbn13 { get; init; }
    public required IReadOnlyList<string> Subjects { get; init; }
    public required string? Description { get; init; }
    public required TitleImprint Imprint { get; init; }
    public required IReadOnlyList<CopyView> Copies { get; init; }

    /// <summary>Readers who ask for it and have no copy yet.</summary>
    public required int Wanted { get; init; }

    public int Lendable => Copies.Count(copy => copy.State is not (CopyState.Lost or CopyState.Withdrawn));

    public int Free => Copies.Count(copy => copy.State == CopyState.Available);
}

/// <summary>A copy on the page of its title.</summary>
/// <param name="DueAt">When it is expected back; null unless it is on loan.</param>
public sealed record CopyView(string Barcode, string? Shelf, CopyState State, DateTimeOffset? DueAt);
