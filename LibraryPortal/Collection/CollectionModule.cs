namespace LibraryPortal.Collection;

/// <summary>Registers what changes and exports the collection. Needs the circulation.</summary>
internal static class CollectionModule
{
    public static IServiceCollection AddCollection(this IServiceCollection services)
    {
        services.AddSingleton<SaveTitle>();
        services.AddSingleton<TidyCovers>();
        services.AddSingleton<FindDuplicates>();
        services.AddSingleton<AddCopies>();
        services.AddSingleton<ChangeCopy>();
        services.AddSingleton<DeleteCopy>();
        services.AddSingleton<DeleteTitle>();
        services.AddSingleton<MergeTitles>();
        services.AddSingleton<ExportCatalog>();
        return services;
    }
}
