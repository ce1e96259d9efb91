using LibraryPortal.Api;
using LibraryPortal.Components.Shared;
using LibraryPortal.Components.Shared.Navigation;
using LibraryPortal.Components.Shared.Slots;
using LibraryPortal.Identity.Accounts;

namespace LibraryPortal.Features.Reports;

/// <summary>Exports of reports: use cases, the job that writes them, and what keeps their rows and files in order.</summary>
internal static class ReportsModule
{
    /// <param name="directory">Where finished files are kept.</param>
    public static IServiceCollection AddReports(this IServiceCollection services, string directory)
    {
        services.AddOptions<ReportsOptions>()
            .BindConfiguration(ReportsOptions.Section)
            .Validate(options => options.MaxActive >= 1, "Reports:MaxActive must be 1 or more.")
            .Validate(options => options.MaxPerDay >= 1, "Reports:MaxPerDay must be 1 or more.")
            .Validate(options => options.KeepDays is >= 1 and <= 3650, "Reports:KeepDays must be from 1 to 3650.")
            .ValidateOnStart();
        services.AddSingleton(_ => new ReportFiles(directory));
        services.AddSingleton<IAccountFiles>(provider => provider.GetRequiredService<ReportFiles>());
        services.AddSingleton<ExportQuota>();
        services.AddSingleton<StartExport>();
        services.AddSingleton<ExportMyRequests>();
        services.AddSingleton<RunExportAgain>();
        services.AddSingleton<CancelExport>();
        services.AddSingleton<OpenExportFile>();
        services.AddSingleton<ExportMail>();
        services.AddSingleton<RecordExport>();
        services.AddSingleton<RequestReport>();
        services.AddSingleton<ListMyExports>();
        services.AddSingleton<IJobResultLink, ExportFileLink>();
        services.AddNavigation(NavigationArea.Reader, "/me/exports", "My exports", IconName.File, 50, 'e');
        services.AddSlot<ExportReportPanel>(SlotNames.MyRequestsActions);
        services.AddHostedService<ExportReconciler>();
        services.AddHostedService<ExportCleaner>();
        return services;
    }

    public static void MapReports(this IEndpointRouteBuilder endpoints) => endpoints.MapExportsApi();
}
