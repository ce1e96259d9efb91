using LibraryPortal.Components.Shared;
using LibraryPortal.Components.Shared.Navigation;
using LibraryPortal.Components.Shared.Slots;

namespace LibraryPortal.Features.Requests;

/// <summary>Registers the pages and endpoints of requests.</summary>
public static class RequestsModule
{
    public static IServiceCollection AddRequests(this IServiceCollection services)
    {
        services.AddSingleton<ListMyRequests>();
        services.AddNavigation(NavigationArea.Reader, "/me/requests", "My requests", IconName.Inbox, 20, 'r', isMain: true, shortText: "Requests");
        services.AddSlot<RequestTitlePanel>(SlotNames.TitleActions);
        services.AddSlot<AskForItLink>(SlotNames.CatalogNothingFound);
        return services;
    }

    public static void MapRequests(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapRequestsApi();
        endpoints.MapLoansApi();
        endpoints.MapStaffApi();
    }
}
