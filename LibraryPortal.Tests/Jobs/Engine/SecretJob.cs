using LibraryPortal.Jobs;

namespace LibraryPortal.Tests.Jobs.Engine;

/// <summary>Arguments of a job that nobody will ever look up.</summary>
public sealed record Secret(string Key) : IJobArgs<string>;

[Job("test.secret", History = false)]
public sealed class SecretJob(Stage stage) : IJobHandler<Secret, string>
{
    public Task<string> RunAsync(Secret args, JobContext job) => stage.RunAsync(new Script(args.Key), job);
}
