using LibraryPortal.Jobs.Stores;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace LibraryPortal.Jobs.Schedules;

/// <summary>Registers schedules: declared ones anywhere, the scheduler where jobs are to be fired.</summary>
public static class SchedulesModule
{
    /// <summary>Declares a recurring job. Schedulers bring it into the store when they start; what operators change there is kept.</summary>
    /// <param name="name">The contract: lower-case words joined by dots, such as <c>loans.reminders</c>.</param>
    /// <exception cref="ArgumentException">The schedule cannot work; the message says why.</exception>
    public static IServiceCollection AddJobSchedule(
        this IServiceCollection services, string name, ScheduleRule rule, IJobArgs args, Action<ScheduleOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(args);
        var options = new ScheduleOptions();
        configure?.Invoke(options);
        ScheduleCheck.CheckTiming(name, rule, options.StartsAtValue, options.EndsAtValue, options.MissedValue, options.OverlapValue, options.JitterValue);
        if (services.Any(service => service.ImplementationInstance is DeclaredSchedule known && known.Name == name))
            throw new ArgumentException($"Two schedules are declared as '{name}'. A name belongs to one schedule.", nameof(name));
        return services.AddSingleton(new DeclaredSchedule(name, rule, args, options));
    }

    /// <summary>Fires schedules from this process. Any number of processes may do so.</summary>
    public static IServiceCollection AddJobScheduler(this IServiceCollection services)
    {
        services.AddOptions<SchedulerOptions>()
            .Configure<IServiceProvider>(static (options, provider) => provider.GetService<IConfiguration>()?.GetSection(SchedulerOptions.Section).Bind(options))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SchedulerOptions>, SchedulerOptionsCheck>());
        services.AddSingleton<Declarer>();
        services.AddSingleton<Scheduler>();
        return services.AddHostedService<SchedulerService>();
    }

    /// <summary>What every process with a store has: looking at schedules and steering them.</summary>
    internal static IServiceCollection AddJobSchedules(this IServiceCollection services)
    {
        services.TryAddSingleton<IScheduleStore, ScheduleStoreBesideJobs>();
        services.TryAddSingleton<ScheduleBook>();
        services.TryAddSingleton<IJobSchedules, JobSchedules>();
        return services;
    }
}
