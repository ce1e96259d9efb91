using Microsoft.Extensions.Logging;

namespace LibraryPortal.Jobs.Stores.Redis;

/// <summary>What the Redis store logs itself; outages are told through its status. Event ids 2050 and up.</summary>
internal static partial class RedisStoreLog
{
    [LoggerMessage(2050, LogLevel.Warning,
        "Redis at {Address} has maxmemory-policy {Policy} and may throw accepted jobs away when memory runs short: set it to noeviction.")]
    public static partial void Evicts(ILogger log, string address, string policy);

    [LoggerMessage(2051, LogLevel.Warning,
        "Redis at {Address} writes no append-only file: jobs accepted shortly before it crashes are lost. Set appendonly to yes.")]
    public static partial void ForgetsOnCrash(ILogger log, string address);

    [LoggerMessage(2052, LogLevel.Information, "A connection to Redis at {Address} did not recover and was replaced.")]
    public static partial void LinkReplaced(ILogger log, string address);

    [LoggerMessage(2053, LogLevel.Error, "A listener to the job store threw, against its contract.")]
    public static partial void ListenerFailed(ILogger log, Exception error);

    [LoggerMessage(2054, LogLevel.Error, "{Sentence} New jobs are refused until then; those that are there run and end.")]
    public static partial void Full(ILogger log, string sentence);

    [LoggerMessage(2055, LogLevel.Information, "Redis at {Address} has memory again and takes new jobs.")]
    public static partial void HasRoom(ILogger log, string address);
}
