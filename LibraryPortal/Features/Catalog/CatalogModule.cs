namespace LibraryPortal.Features.Catalog;

/// <summary>Registers finding and looking at books.</summary>
public static class CatalogModule
{
    public static IServiceCollection AddCatalog(this IServiceCollection services) => services;
}
