using Microsoft.Extensions.Options;

namespace LibraryPortal.Identity.Limits;

/// <summary>Refuses limits that cannot be kept, naming the setting.</summary>
internal sealed class RateLimitOptionsCheck : IValidateOptions<RateLimitOptions>
{
    public ValidateOptionsResult Validate(string? name, RateLimitOptions options)
    {
        List<string> wrong = [];
        foreach (var (limitName, limit) in options.All)
        {
            if (limit.Permits < 1)
                wrong.Add($"{RateLimitOptions.Section}:{limitName}:Permits is {limit.Permits}; expected 1 or more.");
            if (limit.WindowSeconds is < 1 or > 86_400)
                wrong.Add($"{RateLimitOptions.Section}:{limitName}:WindowSeconds is {limit.WindowSeconds}; expected 1 to 86,400.");
        }

        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }
}
