using LibraryPortal.Components.Shared;
using LibraryPortal.Components.Shared.Navigation;

namespace LibraryPortal.Features.Worklist;

/// <summary>The librarian's work with requests: the page <c>/staff/requests</c> and its API.</summary>
internal static class WorklistModule
{
    public static IServiceCollection AddWorklist(this IServiceCollection services)
    {
        services.AddSingleton<ListWork>();
        services.AddSingleton<ListFreeCopies>();
        services.AddNavigation(NavigationArea.Staff, "/staff/requests", "Requests", IconName.Inbox, 20, 'q');
        return services;
    }
}
