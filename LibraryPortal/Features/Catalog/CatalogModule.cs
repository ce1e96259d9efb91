using LibraryPortal.Components.Shared.Slots;
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
}
