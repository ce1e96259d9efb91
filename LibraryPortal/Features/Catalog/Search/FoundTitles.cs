using LibraryPortal.Data;
using LibraryPortal.Data.Search;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Domain.Requests;

namespace LibraryPortal.Features.Catalog.Search;

/// <summary>One page of titles, and what the whole could be narrowed by.</summary>
public sealed record FoundTitles
{
    public required Paged<FoundTitle> Page { get; init; }

    /// <summary>True when there are more than the total, which is as far as was counted.</summary>
    public bool IsTotalAtLeast { get; init; }

    /// <summary>Pages that can be reached.</summary>
    public int PageCount => Math.Min(Page.PageCount, SearchCatalog.MostPages);

    /// <summary>True on the last page when there are titles beyond it that only a narrower search shows.</summary>
    public bool IsCutHere => Page.Page == PageCount && (IsTotalAtLeast || Page.PageCount > PageCount);

    /// <summary>True when no title has all words of the search and these have some.</summary>
    public bool IsLoose { get; init; }

    /// <summary>What was searched for instead of what was typed; null when that is the same.</summary>
    public string? Corrected { get; init; }

    /// <summary>Words much like the typed ones that find many more titles; null: none are.</summary>
    public string? Suggested { get; init; }

    public IReadOnlyList<FacetCount> Facets { get; init; } = [];

    /// <summary>Titles on the shelf.</summary>
    public int Available { get; init; }

    /// <summary>True when there are more than <see cref="Available"/>.</summary>
    public bool IsAvailableAtLeast { get; init; }
}

/// <summary>How titles are read for lists.</summary>
internal static class FoundTitleQuery
{
    public static IQueryable<FoundTitle> Project(PortalDbContext database, IQueryable<Title> titles) => titles.Select(title => new FoundTitle
    {
        Id = title.Id,
        Name = title.Name,
        Subtitle = title.Subtitle,
        Series = title.Series,
        Authors = title.Authors,
        Year = title.Year,
        Language = title.Language,
        Cover = database.Covers.Where(cover => cover.TitleId == title.Id).Select(cover => cover.File).FirstOrDefault(),
        Copies = database.Copies.Count(copy => copy.TitleId == title.Id && copy.State != CopyState.Lost && copy.State != CopyState.Withdrawn),
        Free = database.Copies.Count(copy => copy.TitleId == title.Id && copy.State == CopyState.Available),
        Wanted = database.Requests.Count(request => request.TitleId == title.Id && (request.State == RequestState.Pending || request.State == RequestState.Queued)),
    });
}
