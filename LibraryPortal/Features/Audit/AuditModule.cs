using LibraryPortal.Components.Shared;
using LibraryPortal.Components.Shared.Navigation;

namespace LibraryPortal.Features.Audit;

/// <summary>Reading the audit: the page <c>/admin/audit</c>.</summary>
internal static class AuditModule
{
    public static IServiceCollection AddAudit(this IServiceCollection services)
    {
        services.AddSingleton<ListAudit>();
        services.AddNavigation(NavigationArea.Admin, "/admin/audit", "Audit", IconName.List, 50, 'a');
        return services;
    }
}
