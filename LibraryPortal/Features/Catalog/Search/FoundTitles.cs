using LibraryPortal.Data;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Domain.Requests;

namespace LibraryPortal.Features.Catalog.Search;

/// <summary>One page of titles.</summary>
/// <param name="IsLoose">True when no title has all words of the search and these have some.</param>
internal sealed record FoundTitles(Paged<FoundTitle> Page, bool IsLoose);

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
        Copies = database.Copies.Count(copy => copy.TitleId == title.Id && copy.State != CopyState.Lost && copy.State != CopyState.Withdrawn),
        Free = database.Copies.Count(copy => copy.TitleId == title.Id && copy.State == CopyState.Available),
        Wanted = database.Requests.Count(request => request.TitleId == title.Id && (request.State == RequestState.Pending || request.State == RequestState.Queued)),
    });
}
