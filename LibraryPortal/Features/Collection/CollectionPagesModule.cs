using LibraryPortal.Collection;
using LibraryPortal.Components.Shared;
using LibraryPortal.Components.Shared.Navigation;

namespace LibraryPortal.Features.Collection;

/// <summary>The librarian's pages of the catalogue and its copies, labels and cards.</summary>
internal static class CollectionPagesModule
{
    public static IServiceCollection AddCollectionPages(this IServiceCollection services)
    {
        services.AddCollection();
        services.AddSingleton<ListCollection>();
        services.AddSingleton<ViewCollectionTitle>();
        services.AddSingleton<ListLabels>();
        services.AddSingleton<MarkLabelled>();
        services.AddNavigation(NavigationArea.Staff, "/staff/catalog", "Collection", IconName.Books, order: 60);
        services.AddNavigation(NavigationArea.Staff, "/staff/labels", "Labels", IconName.File, order: 80);
        return services;
    }

    public static void MapCollection(this IEndpointRouteBuilder endpoints) => endpoints.MapCollectionApi();
}
