using LibraryPortal.Components.Shared;
using LibraryPortal.Components.Shared.Navigation;
using LibraryPortal.Components.Shared.Slots;
using LibraryPortal.Domain.Loans;

namespace LibraryPortal.Features.Requests;

/// <summary>Registers what asking for, lending and returning books needs.</summary>
public static class RequestsModule
{
    public static IServiceCollection AddRequests(this IServiceCollection services)
    {
        services.AddSingleton(provider => new LendingTerms { TimeZone = provider.GetRequiredService<TimeProvider>().LocalTimeZone });
        services.AddSingleton<ChangeRequests>();
        services.AddSingleton<StaffChange>();
        services.AddSingleton<RequestTitle>();
        services.AddSingleton<RequestByName>();
        services.AddSingleton<CancelRequest>();
        services.AddSingleton<ApproveRequest>();
        services.AddSingleton<DeclineRequest>();
        services.AddSingleton<LinkRequest>();
        services.AddSingleton<LendRequest>();
        services.AddSingleton<ReturnLoan>();
        services.AddSingleton<ListMyRequests>();
        services.AddSingleton<ListStaffRequests>();
        services.AddSingleton<FindTitles>();
        services.AddNavigation(NavigationArea.Reader, "/me/requests", "My requests", IconName.Inbox, 20, 'r', isMain: true, shortText: "Requests");
        services.AddNavigation(NavigationArea.Staff, "/staff/requests", "Requests", IconName.Inbox, 20, 'q');
        services.AddSlot<RequestTitlePanel>(SlotNames.TitleActions);
        services.AddSlot<AskForItLink>(SlotNames.CatalogNothingFound);
        return services;
    }

    public static void MapRequests(this IEndpointRouteBuilder endpoints) => endpoints.MapRequestsApi();
}
