using LibraryPortal.Components.Shared;
using LibraryPortal.Components.Shared.Navigation;

namespace LibraryPortal.Features.Desk;

/// <summary>The desk: lending and taking back with a scanner, and the slips that go into set-aside copies.</summary>
internal static class DeskModule
{
    public static IServiceCollection AddDesk(this IServiceCollection services)
    {
        services.AddSingleton<FindScanned>();
        services.AddSingleton<HandleScan>();
        services.AddTransient<DeskScans>();
        services.AddSingleton<TakeDeskStep>();
        services.AddSingleton<ReadDeskPatron>();
        services.AddSingleton<ReadSlip>();
        services.AddNavigation(NavigationArea.Staff, "/desk", "Desk", IconName.Clipboard, 10, 'd', isMain: true);
        return services;
    }
}
