using LibraryPortal.Domain.Calendar;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Features.Catalog.Search;

namespace LibraryPortal.Features.Catalog;

/// <summary>All that the page of a title shows.</summary>
public sealed record TitleView
{
    public required int Id { get; init; }
    public required string Name { get; init; }
    public required string? Subtitle { get; init; }
    public required string? OriginalName { get; init; }

    /// <summary>The main one first.</summary>
    public required IReadOnlyList<string> Series { get; init; }

    public required IReadOnlyList<string> Authors { get; init; }
    public required int? Year { get; init; }
    public required string? Language { get; init; }
    public required string? Isbn10 { get; init; }
    public required string? Isbn13 { get; init; }

    /// <summary>Other ISBNs than the main one, 13 digits each.</summary>
    public required IReadOnlyList<string> FurtherIsbns { get; init; }

    public required IReadOnlyList<string> Subjects { get; init; }
    public required string? Description { get; init; }
    public required TitleImprint Imprint { get; init; }

    /// <summary>The file of an uploaded cover; null for a drawn one.</summary>
    public required string? Cover { get; init; }

    public required IReadOnlyList<CopyView> Copies { get; init; }

    /// <summary>Readers who ask for it and have no copy yet.</summary>
    public required int Wanted { get; init; }

    /// <summary>When somebody who asks now can probably collect it; null when it stands on the shelf, or that cannot be said honestly.</summary>
    public required DateOnly? Expected { get; init; }

    /// <summary>Titles like it, those with most in common first.</summary>
    public required IReadOnlyList<FoundTitle> Similar { get; init; }

    /// <summary>The queue and what to expect, in words; null where there is nothing to say.</summary>
    public string? QueueSentence
    {
        get
        {
            var queue = Wanted switch { 0 => "", 1 => "One reader waits for it. ", _ => $"{CatalogWords.Number(Wanted)} readers wait for it. " };
            var expected = Expected is { } date ? $"If you ask for it now, it will probably be ready around {LibraryZone.Say(date)}." : "";
            return $"{queue}{expected}".Trim() is { Length: > 0 } sentence ? sentence : null;
        }
    }

    public int Lendable => Copies.Count(copy => copy.State is not (CopyState.Lost or CopyState.Withdrawn));

    public int Free => Copies.Count(copy => copy.State == CopyState.Available);
}

/// <summary>A copy on the page of its title.</summary>
/// <param name="DueAt">When it is expected back; null unless it is on loan.</param>
public sealed record CopyView(string Barcode, string? Shelf, CopyState State, DateTimeOffset? DueAt);
