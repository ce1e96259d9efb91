using Microsoft.Extensions.Logging;

namespace LibraryPortal.Jobs.History;

/// <summary>What the history logs. Event ids are stable: 2400.</summary>
internal static partial class HistoryLog
{
    [LoggerMessage(2400, LogLevel.Error, "The job history cannot be written. Ended jobs stay in the job store and go there once it can.")]
    public static partial void Out(ILogger log, Exception error);

    [LoggerMessage(2401, LogLevel.Information, "The job history is written again.")]
    public static partial void Back(ILogger log);

    [LoggerMessage(2402, LogLevel.Warning, "The job history could not be trimmed; it will be tried again.")]
    public static partial void NotTrimmed(ILogger log, Exception error);

    [LoggerMessage(2403, LogLevel.Error, "The outcome of job {Id} ({Name}) cannot be kept in the job history and is missing there.")]
    public static partial void Unkeepable(ILogger log, JobId id, string name, Exception error);

    [LoggerMessage(2404, LogLevel.Error, "What is stored of the end of job {Id} cannot be read, so it is missing in the job history: {Why}")]
    public static partial void Unreadable(ILogger log, JobId id, string why);
}
