using LibraryPortal.Jobs;

namespace LibraryPortal.Tests.Jobs.Engine;

/// <summary>What a handler is given for one run, such as a database session.</summary>
public sealed class Tool : IAsyncDisposable
{
    public string? UsedBy { get; set; }

    /// <summary>Whether it could be used to the end of the run it was made for.</summary>
    public bool LastedForTheRun { get; set; }

    public bool IsDisposed { get; private set; }

    public ValueTask DisposeAsync()
    {
        IsDisposed = true;
        return ValueTask.CompletedTask;
    }
}

/// <summary>Arguments of a job that needs a tool.</summary>
public sealed record Errand(string Key) : IJobArgs<string>;

[Job("test.errand", MaxAttempts = 3, BackoffSeconds = 0.02, MaxBackoffSeconds = 0.05)]
public sealed class ToolJob(Tool tool, IServiceProvider scope, Stage stage) : IJobHandler<Errand, string>
{
    public async Task<string> RunAsync(Errand args, JobContext job)
    {
        tool.UsedBy = $"{args.Key} {job.Attempt}";
        await Task.Yield();
        try
        {
            return await stage.RunAsync(new Script(args.Key), job);
        }
        finally
        {
            tool.LastedForTheRun = !tool.IsDisposed && scope.GetRequiredService<Tool>() == tool;
        }
    }
}
