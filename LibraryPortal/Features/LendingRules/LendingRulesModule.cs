using LibraryPortal.Components.Shared;
using LibraryPortal.Components.Shared.Navigation;

namespace LibraryPortal.Features.LendingRules;

/// <summary>The library's own rules: limits and periods per category, opening days and closures.</summary>
internal static class LendingRulesModule
{
    public static IServiceCollection AddLendingRules(this IServiceCollection services)
    {
        services.AddSingleton<ListPolicies>();
        services.AddSingleton<SavePolicy>();
        services.AddSingleton<ReadCalendar>();
        services.AddSingleton<PreviewCalendar>();
        services.AddSingleton<ChangeCalendar>();
        services.AddSingleton<WatchDates>();
        services.AddNavigation(NavigationArea.Admin, "/admin/policies", "Rules", IconName.Shield, 20, 'p');
        services.AddNavigation(NavigationArea.Admin, "/admin/calendar", "Calendar", IconName.Clock, 25, 'k');
        return services;
    }
}
