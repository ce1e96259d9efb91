using LibraryPortal.Jobs.Stores;

namespace LibraryPortal.Jobs.Inspection;

/// <inheritdoc cref="IJobLimits"/>
internal sealed class JobLimits(IJobStore store) : IJobLimits
{
    public Task<IReadOnlyList<LimitRecord>> ListAsync(CancellationToken cancellationToken = default) => store.ListLimitsAsync(cancellationToken);

    public Task SetAsync(string name, LimitRule rule, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rule);
        CheckName(name);
        if (rule.FindFault() is { } fault)
            throw new ArgumentException($"The limit '{name}' {fault}.", nameof(rule));
        return store.SetLimitAsync(name, rule, cancellationToken);
    }

    public Task ResetAsync(string name, CancellationToken cancellationToken = default)
    {
        CheckName(name);
        return store.SetLimitAsync(name, null, cancellationToken);
    }

    static void CheckName(string name)
    {
        if (!JobNames.IsLimit(name))
            throw new ArgumentException($"'{name}' is not the name of a limit; expected {JobNames.JobForm}.", nameof(name));
    }
}
