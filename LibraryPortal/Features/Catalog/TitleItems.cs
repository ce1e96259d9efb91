using System.Text.Json;
using LibraryPortal.Features.Catalog.Search;

namespace LibraryPortal.Features.Catalog;

/// <summary>A page of titles, as API clients get it.</summary>
internal sealed record TitleList(
    IReadOnlyList<TitleItem> Titles,
    int Total,
    bool TotalIsAtLeast,
    int Page,
    int Pages,
    bool HasOnlySomeWords,
    string? SearchedInsteadFor,
    int Available,
    IReadOnlyList<FacetItem> Facets)
{
    public static TitleList From(FoundTitles found) => new(
        [.. found.Page.Items.Select(TitleItem.From)], found.Page.Total, found.IsTotalAtLeast, found.Page.Page, found.PageCount, found.IsLoose, found.Corrected, found.Available,
        [.. found.Facets.Select(facet => new FacetItem(CatalogQuery.Kinds.First(kind => kind.Kind == facet.Kind).Name, facet.Value, facet.Count, facet.IsAtLeast, facet.IsChosen))]);
}

/// <summary>A value to narrow by.</summary>
/// <param name="Kind">The name of its parameter.</param>
internal sealed record FacetItem(
    string Kind, string Value, int Count, bool IsAtLeast, bool IsChosen);

/// <summary>A title in a list.</summary>
/// <param name="Cover">The address of an uploaded cover.</param>
/// <param name="Copies">Copies that are or will be lent again.</param>
/// <param name="Available">Copies on the shelf.</param>
/// <param name="Waiting">Readers who ask for it and have no copy yet.</param>
internal sealed record TitleItem(
    int Id, string Title, string? Subtitle, string? Series, IReadOnlyList<string> Authors, int? Year, string? Language, string? Cover, int Copies, int Available, int Waiting)
{
    public static TitleItem From(FoundTitle title) => new(
        title.Id, title.Name, title.Subtitle, title.Series, title.Authors, title.Year, title.Language, CatalogWords.Cover(title.Cover), title.Copies, title.Free, title.Wanted);
}

/// <summary>A title with all that is known of it.</summary>
/// <param name="Series">The main one.</param>
/// <param name="Isbn13">The main one.</param>
/// <param name="FurtherSeries">Other series it appeared in.</param>
/// <param name="FurtherIsbns">Other ISBNs, 13 digits each.</param>
/// <param name="ExpectedAt">When somebody who asks now can probably collect it; null when it stands on the shelf, or that cannot be said.</param>
internal sealed record TitleDetail(
    int Id, string Title, string? Subtitle,
    string? OriginalTitle,
    string? Series, IReadOnlyList<string> Authors, int? Year, string? Language, string? Isbn10, string? Isbn13, IReadOnlyList<string> Subjects, string? Description,
    string? Cover, IReadOnlyList<CopyItem> Copies, int Available, int Waiting,
    DateOnly? ExpectedAt,
    IReadOnlyList<TitleItem> Similar,
    IReadOnlyList<string> FurtherSeries,
    IReadOnlyList<string> FurtherIsbns)
{
    public static TitleDetail From(TitleView title) => new(
        title.Id, title.Name, title.Subtitle, title.OriginalName, title.Series is [var series, ..] ? series : null, title.Authors, title.Year, title.Language, title.Isbn10, title.Isbn13, title.Subjects,
        title.Description, CatalogWords.Cover(title.Cover), [.. title.Copies.Select(CopyItem.From)], title.Free, title.Wanted, title.Expected,
        [.. title.Similar.Select(TitleItem.From)], [.. title.Series.Skip(1)], title.FurtherIsbns);
}

/// <summary>A copy of a title.</summary>
/// <param name="DueAt">When it is expected back; null unless it is on loan.</param>
internal sealed record CopyItem(string Barcode, string? Shelf, string State, DateTimeOffset? DueAt)
{
    public static CopyItem From(CopyView copy) => new(copy.Barcode, copy.Shelf, JsonNamingPolicy.SnakeCaseLower.ConvertName(copy.State.ToString()), copy.DueAt);
}
