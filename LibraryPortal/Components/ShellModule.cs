using LibraryPortal.Components.Shared;
using LibraryPortal.Components.Shared.Toasts;
using Microsoft.AspNetCore.Diagnostics;

namespace LibraryPortal.Components;

/// <summary>Registers what the shell and the shared components need.</summary>
public static class ShellModule
{
    public static IServiceCollection AddShell(this IServiceCollection services)
    {
        services.AddScoped<CircuitToasts>();
        services.AddScoped<IToasts>(provider => provider.GetRequiredService<CircuitToasts>());
        services.AddScoped<SharedClock>();
        return services;
    }

    /// <summary>Shows a page for what does not exist or went wrong. Clients of the API get their own answers.</summary>
    public static WebApplication UseShell(this WebApplication app)
    {
        app.UseExceptionHandler("/error", createScopeForErrors: true);
        app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
        app.Use(async (context, next) =>
        {
            if (!IsForPeople(context.Request) && context.Features.Get<IStatusCodePagesFeature>() is { } pages)
                pages.Enabled = false;
            await next(context);
        });
        return app;
    }

    static bool IsForPeople(HttpRequest request) =>
        !request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) && !request.Path.StartsWithSegments("/hubs", StringComparison.OrdinalIgnoreCase);
}
