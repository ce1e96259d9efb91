using LibraryPortal.Components.Shared;
using LibraryPortal.Components.Shared.Navigation;

namespace LibraryPortal.Features.Me;

/// <summary>The reader's own pages: what needs doing, loans and history.</summary>
internal static class MeModule
{
    public static IServiceCollection AddMe(this IServiceCollection services)
    {
        services.AddSingleton<ReadMyHome>();
        services.AddSingleton<ListMyHistory>();
        services.AddNavigation(NavigationArea.Reader, "/me", "My library", IconName.User, 10, 'm', isMain: true, shortText: "Mine");
        services.AddNavigation(NavigationArea.Reader, "/me/loans", "My loans", IconName.Book, 30, 'l', isMain: true, shortText: "Loans");
        return services;
    }
}
