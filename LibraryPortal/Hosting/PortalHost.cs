using LibraryPortal.Api;
using LibraryPortal.Circulation;
using LibraryPortal.Components;
using LibraryPortal.Data;
using LibraryPortal.Features.Audit;
using LibraryPortal.Features.Catalog;
using LibraryPortal.Features.Collection;
using LibraryPortal.Features.Desk;
using LibraryPortal.Features.Import;
using LibraryPortal.Features.JobConsole;
using LibraryPortal.Features.LendingRules;
using LibraryPortal.Features.Loans;
using LibraryPortal.Features.Me;
using LibraryPortal.Features.Notices;
using LibraryPortal.Features.Patrons;
using LibraryPortal.Features.Reports;
using LibraryPortal.Features.Requests;
using LibraryPortal.Features.Users;
using LibraryPortal.Features.Worklist;
using LibraryPortal.Identity;
using LibraryPortal.Identity.Keys;
using LibraryPortal.Live;
using LibraryPortal.Mail;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace LibraryPortal.Hosting;

/// <summary>Builds and runs one process of the portal: picks the modules its role needs, adds them and maps them.</summary>
internal static class PortalHost
{
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(PortalRole role, string[] settingArguments, CancellationToken cancellationToken)
    {
        await using var app = Build(role, settingArguments);
        // Before the host does: it would log a wrong setting with a stack trace.
        app.Services.GetService<IStartupValidator>()?.Validate();
        await app.Services.GetRequiredService<DatabaseStartup>().RunAsync(cancellationToken);
        try
        {
            await app.RunAsync(cancellationToken);
        }
        catch (IOException error) when (error.InnerException is AddressInUseException)
        {
            throw new SettingException($"{error.Message.TrimEnd('.')}. Stop the program that has it, or choose another with --urls http://localhost:PORT.", error);
        }

        return 0;
    }

    /// <summary>The program, ready to run; commands use its services without starting it.</summary>
    public static WebApplication Build(PortalRole role, string[] settingArguments)
    {
        var builder = WebApplication.CreateBuilder([.. settingArguments, .. ProgramFolder.Setting(settingArguments)]);
        // Started from a build instead of a published copy, styles and scripts lie elsewhere; the framework looks there in Development only.
        builder.WebHost.UseStaticWebAssets();
        // A worker answers health checks only, and several of them share a machine with the web process.
        if (builder.Configuration["urls"] is null && builder.Configuration["http_ports"] is null)
            builder.WebHost.UseUrls(role == PortalRole.Worker ? "http://127.0.0.1:0" : PortalSettings.DefaultUrl);
        // Its own address would be no place for a reader to go to.
        if (role == PortalRole.Worker)
            builder.Configuration["PublicUrl"] ??= PortalSettings.DefaultUrl;

        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        var settings = PortalSettings.Read(builder.Configuration, role, builder.Environment.ContentRootPath);
        PrivateDirectory.Create(settings.DataDirectory);
        Telemetry.Check(builder.Configuration);
        builder.Services.AddHostedService<Telemetry>();
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddPortalData(settings.LibraryConnection);
        builder.Services.AddSingleton<DatabaseStartup>();
        builder.Services.AddPortalJobs(settings);
        builder.Services.AddOutboxRelay();
        builder.Services.AddLive(settings.RedisConnection, settings.RedisPrefix);
        builder.Services.AddCatalog();
        builder.Services.AddCirculation().AddCirculationClock();
        builder.Services.AddCovers(settings.Covers);
        builder.Services.AddRequests();
        builder.Services.AddReports(settings.Files);
        builder.Services.AddImport(settings.Imports);
        builder.Services.AddCollectionPages();
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();
        builder.Services.AddCascadingAuthenticationState();
        builder.Services.AddShell();
        builder.Services.AddPortalMail(settings.Mail);
        if (role != PortalRole.Worker)
            builder.Services.AddPortalIdentity(builder.Configuration, builder.Environment, settings.Keys).AddPortalApi().AddNoticesHub();
        builder.Services.AddNotices();
        builder.Services.AddJobConsole();
        builder.Services.AddUsers();
        builder.Services.AddMe();
        builder.Services.AddDesk();
        builder.Services.AddWorklist();
        builder.Services.AddLoans();
        builder.Services.AddPatrons();
        builder.Services.AddLendingRules();
        builder.Services.AddAudit();

        var app = builder.Build();
        app.MapHealth();
        if (role == PortalRole.Worker)
            return app;

        app.UseSecurityHeaders();
        app.UseShell();
        app.UseApiErrors();
        app.UseRouting();
        app.UsePortalIdentity();
        app.MapStaticAssets();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null);
        app.MapPortalIdentity();
        app.MapPortalApi();
        app.MapNoticesHub();
        app.MapCatalog();
        app.MapRequests();
        app.MapWorklist();
        app.MapReports();
        app.MapImport();
        app.MapCollection();
        app.MapJobConsole();
        return app;
    }
}
