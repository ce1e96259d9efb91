using Microsoft.Extensions.DependencyInjection;

namespace LibraryPortal.Jobs.Diagnostics;

/// <summary>Registers jobs that try the machine out. Where they are not registered their names are unknown: nobody can enqueue them.</summary>
public static class DiagnosticsModule
{
    public static IServiceCollection AddDiagnosticsJobs(this IServiceCollection services) =>
        services.AddJobHandler<NoopJob>().AddJobHandler<SleepJob>().AddJobHandler<FailJob>().AddJobHandler<CrashJob>();
}
