using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using LibraryPortal.Jobs;

namespace LibraryPortal.Hosting.JobCommands;

/// <summary>How commands write times, news and JSON.</summary>
internal static class CommandOutput
{
    const int LongestNews = 80;

    static readonly JsonSerializerOptions Options = new(JobJson.Options) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void WriteJson<T>(T value) => Console.WriteLine(JsonSerializer.Serialize(value, Options));

    /// <summary>"1 job", "7 jobs".</summary>
    public static string Count(long count, string thing) => count == 1 ? $"1 {thing}" : $"{count} {thing}s";

    /// <summary>UTC, to the second; empty when there is none.</summary>
    public static string Time(DateTimeOffset? moment) => moment is { } at ? at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture) : "";

    /// <summary>The one thing to know about a job: how far it is, what holds it back, what went wrong.</summary>
    public static string News(JobRecord job)
    {
        var news = job is { State: JobState.Running, Progress: { } progress } ? $"{progress.Done} of {progress.Total} {progress.Message}" : job.HeldBack ?? job.Error ?? "";
        var line = news.ReplaceLineEndings(" ").Trim();
        return line.Length <= LongestNews ? line : $"{line[..(LongestNews - 1)]}…";
    }
}
