using System.Security.Claims;
using LibraryPortal.Data.Search;
using LibraryPortal.Features.Catalog.Search;
using LibraryPortal.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Primitives;

namespace LibraryPortal.Features.Catalog;

/// <summary>The catalogue: results for what the address says.</summary>
public sealed partial class CatalogPage
{
    /// <summary>A lending desk changes copies all day; once in two seconds is live enough for a list.</summary>
    static readonly TimeSpan Freshness = TimeSpan.FromSeconds(2);

    LiveView? _view;
    string? _typed;
    int _searches;
    bool _isLoading;

    /// <summary>What the first answer carries over to the living page, so that nothing is searched or drawn twice.</summary>
    [PersistentState]
    public FoundTitles? Found { get; set; }

    [Inject]
    SearchCatalog Search { get; set; } = default!;

    [Inject]
    ILiveBoard Board { get; set; } = default!;

    [Inject]
    NavigationManager Navigation { get; set; } = default!;

    [CascadingParameter]
    Task<AuthenticationState> Authentication { get; set; } = default!;

    [SupplyParameterFromQuery(Name = "q")]
    string? Words { get; set; }

    [SupplyParameterFromQuery(Name = "subject")]
    string[]? Subjects { get; set; }

    [SupplyParameterFromQuery(Name = "author")]
    string[]? Authors { get; set; }

    [SupplyParameterFromQuery(Name = "decade")]
    string[]? Decades { get; set; }

    [SupplyParameterFromQuery(Name = "language")]
    string[]? Languages { get; set; }

    [SupplyParameterFromQuery(Name = "available")]
    string? Available { get; set; }

    [SupplyParameterFromQuery(Name = "sort")]
    string? Order { get; set; }

    [SupplyParameterFromQuery(Name = "page")]
    string? PageNumber { get; set; }

    [SupplyParameterFromQuery(Name = "exact")]
    string? Exact { get; set; }

    CatalogQuery Query { get; set; } = new();

    // Somebody pastes a page; the answer should still be on the screen.
    string Heading => Query.Words is not { } words ? "Catalogue" : words.Length > 80 ? $"Search: {words[..80]}…" : $"Search: {words}";

    string? Lead => Found switch
    {
        null or { IsLoose: true } or { Page.Total: 0 } => null,
        { Page.Total: var total, IsTotalAtLeast: var more } => CatalogWords.Count(total, "book", "books", more),
    };

    int ChosenCount => Query.Chosen.Count + (Query.IsAvailable ? 1 : 0);

    // New words begin on the first page and are not yet known to be meant literally.
    IEnumerable<(string Name, string Value)> Kept => (Query with { Words = null, Page = 1, IsLiteral = false }).Pairs();

    TitleSort ShownSort => Query is { Words: null, Sort: TitleSort.Relevance } ? TitleSort.Title : Query.Sort;

    IEnumerable<(TitleSort Sort, string Words)> Sorts => CatalogWords.Sorts.Where(entry => Query.Words is not null || entry.Sort != TitleSort.Relevance);

    public void Dispose() => _view?.Dispose();

    protected override async Task OnParametersSetAsync()
    {
        var query = CatalogQuery.Read(Parameter);
        var isFirst = _searches == 0;
        _typed ??= query.Words ?? "";
        if (isFirst || query != Query)
        {
            Query = query;
            await LoadAsync(query, isCarriedOver: isFirst && Found is not null);
        }

        if (RendererInfo.IsInteractive && _view is null)
        {
            var user = (await Authentication).User.FindFirst(ClaimTypes.NameIdentifier)?.Value;
            _view = LiveView.ForUser(Board, user ?? "", change => change is CatalogChanged, () => InvokeAsync(RefreshAsync), DispatchExceptionAsync, Freshness);
        }
    }

    StringValues Parameter(string name) => name switch
    {
        "q" => Words,
        "subject" => Subjects,
        "author" => Authors,
        "decade" => Decades,
        "language" => Languages,
        "available" => Available,
        "sort" => Order,
        "exact" => Exact,
        "page" => PageNumber,
        _ => StringValues.Empty,
    };

    async Task LoadAsync(CatalogQuery query, bool isCarriedOver)
    {
        var search = ++_searches;
        if (isCarriedOver)
            return;
        _isLoading = true;
        var found = await Search.RunAsync(query);
        // Somebody typed on meanwhile: an earlier search that comes in late is not shown.
        if (search != _searches)
            return;
        _isLoading = false;
        Found = found;
    }

    async Task RefreshAsync()
    {
        if (Found is not { } shown)
            return;
        var search = _searches;
        var fresh = await Search.RefreshAsync(shown);
        if (search != _searches || _isLoading)
            return;
        Found = fresh;
        StateHasChanged();
    }

    void SortBy(ChangeEventArgs change)
    {
        if (Enum.TryParse<TitleSort>(change.Value?.ToString(), out var sort))
            Navigation.NavigateTo((Query with { Sort = sort, Page = 1 }).Href);
    }
}
