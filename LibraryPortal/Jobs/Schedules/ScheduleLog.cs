using Microsoft.Extensions.Logging;

namespace LibraryPortal.Jobs.Schedules;

/// <summary>What schedules log. Event ids are stable: 2300 on.</summary>
internal static partial class ScheduleLog
{
    [LoggerMessage(2300, LogLevel.Debug, "Schedule {Name} fired {Fired} jobs; {PassedOver} due times passed over, {Waiting} wait.")]
    public static partial void Fired(ILogger log, string name, int fired, int passedOver, int waiting);

    [LoggerMessage(2301, LogLevel.Information, "Schedule {Name} passed over {PassedOver} due times: the run before has not ended.")]
    public static partial void PassedOver(ILogger log, string name, int passedOver);

    [LoggerMessage(2302, LogLevel.Warning, "Schedule {Name} cannot be worked with here, and waits for a process that can: {Problem}")]
    public static partial void Unusable(ILogger log, string name, string problem);

    [LoggerMessage(2303, LogLevel.Information, "Schedule {Name} is declared: {Sentence}.")]
    public static partial void Declared(ILogger log, string name, string sentence);

    [LoggerMessage(2304, LogLevel.Information, "Schedule {Name} is no longer declared by the program and is retired.")]
    public static partial void Retired(ILogger log, string name);

    [LoggerMessage(2305, LogLevel.Error, "Schedule {Name} could not be declared and stays as it is stored: {Problem}")]
    public static partial void Undeclared(ILogger log, string name, string problem, Exception? error);

    [LoggerMessage(2306, LogLevel.Error, "Schedule {Name} is due and cannot be fired; it is tried again and again: {Problem}")]
    public static partial void Unfired(ILogger log, string name, string problem, Exception? error);
}
