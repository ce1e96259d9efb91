using System.Globalization;

namespace LibraryPortal.Jobs.Stores.Redis.Records;

/// <summary>Progress as one field: done, total and, where there is one, the message.</summary>
internal static class ProgressText
{
    public static string Write(JobProgress progress) => progress.Message is null
        ? string.Create(CultureInfo.InvariantCulture, $"{progress.Done} {progress.Total}")
        : string.Create(CultureInfo.InvariantCulture, $"{progress.Done} {progress.Total} {progress.Message}");

    public static JobProgress? Read(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        var parts = text.Split(' ', 3);
        return new JobProgress(
            long.Parse(parts[0], CultureInfo.InvariantCulture), long.Parse(parts[1], CultureInfo.InvariantCulture), parts.Length == 3 ? parts[2] : null);
    }
}
