namespace LibraryPortal.Jobs;

/// <summary>Names a handler's job and sets the defaults of its type. The name is the contract: renaming the class changes nothing.</summary>
/// <param name="name">Lower-case words joined by dots, such as <c>reports.export</c>.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class JobAttribute(string name) : Attribute
{
    /// <summary>The job's name in the store.</summary>
    public string Name { get; } = name;

    /// <summary>The queue it waits in. Default: <c>default</c>.</summary>
    public string Queue { get; init; } = "default";

    /// <summary>Default: <see cref="JobPriority.Normal"/>.</summary>
    public JobPriority Priority { get; init; } = JobPriority.Normal;

    /// <summary>Runs that may fail before the job has failed, the first included. Default: 5.</summary>
    public int MaxAttempts { get; init; } = 5;

    /// <summary>Rest after the first failed run, in seconds; doubles each time. Default: 2.</summary>
    public double BackoffSeconds { get; init; } = RetryPolicy.DefaultBaseSeconds;

    /// <summary>The longest rest between two runs, in seconds. Default: 3,600.</summary>
    public double MaxBackoffSeconds { get; init; } = RetryPolicy.DefaultCapSeconds;

    /// <summary>How long the final record stays readable, in seconds. Default: 86,400 (a day).</summary>
    public double ResultTtlSeconds { get; init; } = 86_400;

    /// <summary>Discards a job that has not started after so many seconds. Default: 0, never.</summary>
    public double ExpiresInSeconds { get; init; }

    /// <summary>How long one run may take before it is told to stop, in seconds. Default: 0, as long as it likes.</summary>
    public double TimeLimitSeconds { get; init; }

    /// <summary>How long past its time limit a run may take to stop, in seconds, before it is abandoned. Default: 10.</summary>
    public double TimeLimitGraceSeconds { get; init; } = RunLimits.DefaultGraceSeconds;

    /// <summary>Names of the limits its jobs are subject to, such as <c>mail.provider</c>. Default: none.</summary>
    public string[] Limits { get; init; } = [];

    /// <summary>The version of its arguments. Raise it when their form changes, and implement <see cref="IUpgradeArgs{TArgs}"/>. Default: 1.</summary>
    public int Version { get; init; } = 1;

    /// <summary>Whether its outcomes go into the history, where there is one. False for jobs that nobody will ever look up. Default: true.</summary>
    public bool History { get; init; } = true;

    /// <summary>True for a handler that searching an assembly passes over, such as one for tests of the machine. Default: false.</summary>
    public bool OnRequestOnly { get; init; }
}
