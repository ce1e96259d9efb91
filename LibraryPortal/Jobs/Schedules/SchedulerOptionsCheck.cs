using Microsoft.Extensions.Options;

namespace LibraryPortal.Jobs.Schedules;

/// <summary>What the annotations of <see cref="SchedulerOptions"/> cannot say: how the settings stand to each other.</summary>
internal sealed class SchedulerOptionsCheck : IValidateOptions<SchedulerOptions>
{
    public ValidateOptionsResult Validate(string? name, SchedulerOptions options) => options.PollInterval < options.MissedAfter
        ? ValidateOptionsResult.Success
        : ValidateOptionsResult.Fail(
            $"{SchedulerOptions.Section}:PollInterval is {options.PollInterval}; expected less than {SchedulerOptions.Section}:MissedAfter ({options.MissedAfter}), so that a lost hint does not make a run missed.");
}
