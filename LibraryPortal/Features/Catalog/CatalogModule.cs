using LibraryPortal.Collection;
using LibraryPortal.Components.Shared.Slots;
using LibraryPortal.Features.Catalog.Covers;
using LibraryPortal.Features.Catalog.Search;

namespace LibraryPortal.Features.Catalog;

/// <summary>Registers finding, looking at and importing books.</summary>
public static class CatalogModule
{
    public static IServiceCollection AddCatalog(this IServiceCollection services)
    {
        services.AddSingleton<SearchCatalog>();
        services.AddSingleton<ViewTitle>();
        services.AddSingleton<ListShelves>();
        services.AddSlot<HomeShelves>(SlotNames.HomeShelves);
        return services;
    }

    /// <param name="directory">Where uploaded covers are kept.</param>
    public static IServiceCollection AddCovers(this IServiceCollection services, string directory)
    {
        services.AddSingleton(_ => new CoverFiles(directory));
        services.AddSingleton<ITitleFiles>(provider => provider.GetRequiredService<CoverFiles>());
        services.AddSingleton<ChangeCover>();
        return services;
    }

    public static void MapCatalog(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapCatalogApi();
        endpoints.MapCovers();
    }
}
