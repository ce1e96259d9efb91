using LibraryPortal.Components.Shared;
using LibraryPortal.Components.Shared.Toasts;

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
}
