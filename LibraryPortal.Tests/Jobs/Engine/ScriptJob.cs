using LibraryPortal.Jobs;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Jobs.Engine;

/// <summary>Arguments of a job whose work the test writes.</summary>
public sealed record Script(string Key) : IJobArgs<string>;

/// <summary>What the script's jobs do in one test, and what became of it.</summary>
public sealed class Stage
{
    readonly List<(string Key, int Attempt)> _runs = [];
    readonly Dictionary<string, TaskCompletionSource> _started = [];

    /// <summary>The work. Default: return the key.</summary>
    public Func<Script, JobContext, Task<string>> Play { get; set; } = static (script, _) => Task.FromResult(script.Key);

    /// <summary>Every run begun so far.</summary>
    public IReadOnlyList<(string Key, int Attempt)> Runs
    {
        get
        {
            lock (_runs)
                return [.. _runs];
        }
    }

    /// <summary>Ends once a run with this key has begun.</summary>
    public Task StartedAsync(string key) => Started(key).Task.WaitAsync(Eventually.Deadline, TimeProvider.System);

    public async Task<string> RunAsync(Script script, JobContext job)
    {
        lock (_runs)
            _runs.Add((script.Key, job.Attempt));
        Started(script.Key).TrySetResult();
        return await Play(script, job);
    }

    TaskCompletionSource Started(string key)
    {
        lock (_runs)
        {
            if (!_started.TryGetValue(key, out var source))
                _started.Add(key, source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            return source;
        }
    }
}

[Job("test.script", MaxAttempts = 3, BackoffSeconds = 0.02, MaxBackoffSeconds = 0.05)]
public sealed class ScriptJob(Stage stage) : IJobHandler<Script, string>
{
    public Task<string> RunAsync(Script args, JobContext job) => stage.RunAsync(args, job);
}

/// <summary>Arguments of a job that puts together what came before it in its flow: what it was handed, or else what it reads.</summary>
public sealed record Join(string Key, IReadOnlyList<string>? Parts = null, string? Part = null) : IJobArgs<string>;

[Job("test.join", MaxAttempts = 2, BackoffSeconds = 0.02, MaxBackoffSeconds = 0.05)]
public sealed class JoinJob(Stage stage) : IJobHandler<Join, string>
{
    public async Task<string> RunAsync(Join args, JobContext job)
    {
        List<string> parts = [.. args.Parts ?? [], .. args.Part is { } part ? [part] : Array.Empty<string>()];
        if (args.Parts is null && args.Part is null)
        {
            await foreach (var read in job.ParentResultsAsync<string>())
                parts.Add(read);
        }

        return await stage.RunAsync(new Script($"{args.Key}({string.Join(' ', parts)})"), job);
    }
}

/// <summary>Arguments of a job that some workers do not know.</summary>
public sealed record News(string Key) : IJobArgs;

[Job("test.news")]
public sealed class NewsJob(Stage stage) : IJobHandler<News>
{
    public Task RunAsync(News args, JobContext job) => stage.RunAsync(new Script(args.Key), job);
}
