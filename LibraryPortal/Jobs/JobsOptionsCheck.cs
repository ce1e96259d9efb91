using Microsoft.Extensions.Options;

namespace LibraryPortal.Jobs;

/// <summary>What the annotations of <see cref="JobsOptions"/> cannot say: how the settings stand to each other.</summary>
internal sealed class JobsOptionsCheck : IValidateOptions<JobsOptions>
{
    public ValidateOptionsResult Validate(string? name, JobsOptions options)
    {
        List<string> failures = [];
        if (options.Lease < options.Heartbeat * 2)
            failures.Add($"Jobs:Lease is {options.Lease}; expected at least twice Jobs:Heartbeat ({options.Heartbeat}), so that one lost beat stops nothing.");
        if (options.ReapAfter <= options.Lease)
            failures.Add($"Jobs:ReapAfter is {options.ReapAfter}; expected more than Jobs:Lease ({options.Lease}), so that handlers are told to stop before their jobs run elsewhere.");
        foreach (var queue in options.Queues.Where(queue => !JobNames.IsQueue(queue)))
            failures.Add($"Jobs:Queues has '{queue}'; expected {JobNames.QueueForm}.");
        foreach (var (limit, rule) in options.Limits)
        {
            if (!JobNames.IsLimit(limit))
                failures.Add($"Jobs:Limits has '{limit}'; expected {JobNames.JobForm}.");
            else if (rule.FindFault() is { } fault)
                failures.Add($"Jobs:Limits:{limit} {fault}.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
