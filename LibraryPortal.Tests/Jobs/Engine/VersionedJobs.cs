using System.Text.Json;
using LibraryPortal.Jobs;

namespace LibraryPortal.Tests.Jobs.Engine;

/// <summary>Arguments as a program before its update writes them.</summary>
public sealed record GreetingBefore(string Name) : IJobArgs<string>;

/// <summary>The same arguments after the update.</summary>
public sealed record GreetingAfter(string FirstName, string LastName) : IJobArgs<string>;

[Job("test.greeting")]
public sealed class GreetingBeforeJob : IJobHandler<GreetingBefore, string>
{
    /// <summary>Long enough to be met at work by whoever stops its worker.</summary>
    public static readonly TimeSpan Takes = TimeSpan.FromMilliseconds(20);

    public async Task<string> RunAsync(GreetingBefore args, JobContext job)
    {
        await Task.Delay(Takes, TimeProvider.System, job.CancellationToken);
        return args.Name;
    }
}

[Job("test.greeting", Version = 2)]
public sealed class GreetingAfterJob : IJobHandler<GreetingAfter, string>, IUpgradeArgs<GreetingAfter>
{
    public GreetingAfter Upgrade(JsonElement older, int version)
    {
        var name = older.GetProperty("name").GetString()!;
        return name.Split(' ') is [var first, var last] ? new GreetingAfter(first, last) : throw new JobFailedException($"'{name}' has no last name.");
    }

    public async Task<string> RunAsync(GreetingAfter args, JobContext job)
    {
        await Task.Delay(GreetingBeforeJob.Takes, TimeProvider.System, job.CancellationToken);
        return $"{args.FirstName} {args.LastName}";
    }
}
