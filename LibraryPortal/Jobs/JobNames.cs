using System.Text.RegularExpressions;

namespace LibraryPortal.Jobs;

/// <summary>How jobs and queues may be called. Names become parts of keys, metrics and addresses, so they are plain.</summary>
internal static partial class JobNames
{
    public const string JobForm = "lower-case words of letters, digits and hyphens joined by dots, at most 100 characters, such as 'reports.export'";
    public const string QueueForm = "a lower-case word of letters, digits and hyphens, at most 50 characters, such as 'reports'";

    public static bool IsJob(string? name) => name is { Length: <= 100 } && Job().IsMatch(name);

    /// <summary>Limits are named as jobs are.</summary>
    public static bool IsLimit(string? name) => IsJob(name);

    public static bool IsQueue(string? name) => name is { Length: <= 50 } && Queue().IsMatch(name);

    [GeneratedRegex(@"\A[a-z][a-z0-9-]*(\.[a-z0-9][a-z0-9-]*)*\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Job();

    [GeneratedRegex(@"\A[a-z][a-z0-9-]*\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Queue();
}
