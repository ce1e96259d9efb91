using LibraryPortal.Live.Hub;

namespace LibraryPortal.Live;

/// <summary>Notices to people: the board of this process, the relay between processes and the hub for API clients.</summary>
public static class LiveModule
{
    /// <param name="redisConnection">Set where several processes share the work; null keeps changes inside this one.</param>
    /// <param name="prefix">Tells this portal from others on the same Redis.</param>
    public static IServiceCollection AddLive(this IServiceCollection services, string? redisConnection, string prefix)
    {
        services.AddSingleton<LiveBoard>();
        services.AddSingleton<ILiveBoard>(provider => provider.GetRequiredService<LiveBoard>());
        services.AddHostedService<JobEventBridge>();
        if (redisConnection is not null)
        {
            services.AddHostedService(provider => new RedisLiveRelay(
                provider.GetRequiredService<LiveBoard>(), redisConnection, $"{prefix}:live",
                provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<RedisLiveRelay>>()));
        }

        return services;
    }

    /// <summary>Adds the hub, where pages and the API are served.</summary>
    public static IServiceCollection AddNoticesHub(this IServiceCollection services)
    {
        services.AddSignalR();
        services.AddSingleton<HubPresence>();
        services.AddHostedService<HubSpeaker>();
        services.AddSingleton<HubWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<HubWatch>());
        return services;
    }

    public static void MapNoticesHub(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapHub<NoticesHub>(NoticesHub.Path, options => options.CloseOnAuthenticationExpiration = true);
}
