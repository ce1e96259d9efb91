namespace LibraryPortal.Jobs.Inspection;

/// <summary>What named limits allow, changed while the system runs. Limits declared under
/// <c>Jobs:Limits</c> hold while a worker declares them, unless an operator has set another rule.</summary>
public interface IJobLimits
{
    /// <summary>Every limit that is declared or set, by name.</summary>
    Task<IReadOnlyList<LimitRecord>> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>Sets what a limit allows, in place of what is declared. Takes effect at once; jobs that run go on.</summary>
    /// <exception cref="ArgumentException">The name or the rule cannot be used; the message says why.</exception>
    Task SetAsync(string name, LimitRule rule, CancellationToken cancellationToken = default);

    /// <summary>Forgets what was set: what is declared holds again, or nothing does. A limit that nobody shall
    /// declare any more is taken out of the configuration: it is out of force once the last worker with it has left.</summary>
    Task ResetAsync(string name, CancellationToken cancellationToken = default);
}

/// <param name="Rule">What holds now.</param>
/// <param name="Declared">What the configuration of the workers says; null when none of them declares the limit.</param>
/// <param name="Running">Jobs subject to it that run now.</param>
/// <param name="Waiting">Jobs that wait for it.</param>
public sealed record LimitRecord(string Name, LimitRule Rule, LimitRule? Declared, long Running, long Waiting);
