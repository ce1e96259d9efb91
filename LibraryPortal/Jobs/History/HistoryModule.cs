using LibraryPortal.Jobs.Stores;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LibraryPortal.Jobs.History;

/// <summary>Registers the history: where it is kept, and who fills it.</summary>
public static class HistoryModule
{
    /// <summary>Keeps a history of ended jobs. Every process that enqueues or looks up jobs needs it, or <see cref="AddJobHistoryElsewhere"/>; without either, the
    /// jobs it enqueues leave no trace past their time-to-live.</summary>
    public static IServiceCollection AddJobHistory<THistory>(this IServiceCollection services) where THistory : class, IJobHistory =>
        services.AddSingleton<IJobHistory, THistory>();

    /// <summary>For a process that enqueues or steers jobs but cannot reach the history that others keep: its jobs go there as all others do.</summary>
    /// <param name="reason">The sentence for whoever searches the history here all the same: a <see cref="JobStoreUnavailableException"/> has it.</param>
    public static IServiceCollection AddJobHistoryElsewhere(this IServiceCollection services, string reason) =>
        services.AddSingleton<IJobHistory>(new HistoryElsewhere(reason));

    /// <summary>Fills and trims the history from this process. Any number of processes may do so.</summary>
    public static IServiceCollection AddJobHistoryDrain(this IServiceCollection services)
    {
        services.AddOptions<HistoryOptions>()
            .Configure<IServiceProvider>(static (options, provider) => provider.GetService<IConfiguration>()?.GetSection(HistoryOptions.Section).Bind(options))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.TryAddSingleton<IHistoryFeed, HistoryFeedBesideJobs>();
        services.AddSingleton<HistoryDrainer>();
        services.AddHostedService(static provider => provider.GetRequiredService<HistoryDrainer>());
        services.AddSingleton<HistoryTrimmer>();
        services.AddHostedService(static provider => provider.GetRequiredService<HistoryTrimmer>());
        return services;
    }
}
