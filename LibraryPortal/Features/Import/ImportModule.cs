using LibraryPortal.Components.Shared;
using LibraryPortal.Components.Shared.Navigation;
using LibraryPortal.Features.Import.Patrons;
using LibraryPortal.Features.Import.Running;
using LibraryPortal.Features.Import.Undo;

namespace LibraryPortal.Features.Import;

/// <summary>Bringing files of books, copies and readers into the library.</summary>
internal static class ImportModule
{
    /// <summary>What the command line needs; the pages need it too.</summary>
    /// <param name="directory">Where uploaded files and findings are kept.</param>
    public static IServiceCollection AddImportCore(this IServiceCollection services, string directory)
    {
        services.AddSingleton(_ => new ImportFiles(directory));
        services.AddSingleton<RunRows>();
        services.AddSingleton<ImportFile>();
        return services;
    }

    /// <param name="directory">Where uploaded files and findings are kept.</param>
    public static IServiceCollection AddImport(this IServiceCollection services, string directory)
    {
        services.AddOptions<ImportOptions>()
            .BindConfiguration(ImportOptions.Section)
            .Validate(options => options.MaxMegabytes is >= 1 and <= 100_000, "Imports:MaxMegabytes must be from 1 to 100000.")
            .Validate(options => options.KeepReaderDays is >= 1 and <= 3650, "Imports:KeepReaderDays must be from 1 to 3650.")
            .Validate(options => options.KeepDays is >= 1 and <= 3650, "Imports:KeepDays must be from 1 to 3650.")
            .ValidateOnStart();
        services.AddImportCore(directory);
        services.AddSingleton<PatronInvitation>();
        services.AddSingleton<ReceiveImport>();
        services.AddSingleton<ChangeColumns>();
        services.AddSingleton<StartImport>();
        services.AddSingleton<StopImport>();
        services.AddSingleton<DiscardImport>();
        services.AddSingleton<ListImports>();
        services.AddSingleton<ViewImport>();
        services.AddSingleton<RunStep>();
        services.AddSingleton<UndoRows>();
        // In this order: what a title brought along goes with it.
        services.AddSingleton<IUndoPart, UndoTitles>();
        services.AddSingleton<IUndoPart, UndoCopies>();
        services.AddSingleton<IUndoPart, UndoCompleted>();
        services.AddSingleton<IUndoPart, UndoPatrons>();
        services.AddSingleton<RemoveOldFiles>();
        services.AddHostedService<ImportReconciler>();
        services.AddNavigation(NavigationArea.Staff, "/staff/import", "Import", IconName.Inbox, order: 70);
        return services;
    }

    public static void MapImport(this IEndpointRouteBuilder endpoints) => endpoints.MapImportApi();
}
