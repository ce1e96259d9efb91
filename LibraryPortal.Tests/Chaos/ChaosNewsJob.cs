using LibraryPortal.Jobs;
using LibraryPortal.Tests.Jobs.Engine;

namespace LibraryPortal.Tests.Chaos;

/// <summary>Work of which an old program knows nothing.</summary>
public sealed record ChaosNews : IJobArgs;

[Job("chaos.news", Queue = "chaos", OnRequestOnly = true)]
internal sealed class ChaosNewsJob : IJobHandler<ChaosNews>
{
    public Task RunAsync(ChaosNews args, JobContext job) => Task.CompletedTask;
}

/// <summary>What a program knows before its update, and after.</summary>
internal static class ChaosRelease
{
    /// <param name="number">1: a former version of a job, and another job not at all. 2: both.</param>
    public static IServiceCollection AddChaosRelease(this IServiceCollection services, int number) =>
        number == 1 ? services.AddJobHandler<GreetingBeforeJob>() : services.AddJobHandler<GreetingAfterJob>().AddJobHandler<ChaosNewsJob>();
}
