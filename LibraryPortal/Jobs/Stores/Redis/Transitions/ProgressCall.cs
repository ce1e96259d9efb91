using LibraryPortal.Jobs.Stores.Redis.Records;
using StackExchange.Redis;

namespace LibraryPortal.Jobs.Stores.Redis.Transitions;

/// <summary>One call of <c>progress.lua</c>.</summary>
internal static class ProgressCall
{
    public static RedisValue[] Arguments(string worker, IReadOnlyList<ProgressReport> reports)
    {
        var n = reports.Count;
        var arguments = new RedisValue[2 + (3 * n)];
        arguments[0] = RedisText.Escape(worker);
        arguments[1] = n;
        for (var i = 0; i < n; i++)
        {
            arguments[2 + i] = RedisText.Id(reports[i].Id);
            arguments[2 + n + (2 * i)] = reports[i].Stamp;
            arguments[3 + n + (2 * i)] = ProgressText.Write(reports[i].Progress);
        }

        return arguments;
    }

    /// <summary>What is known of each job; null where the report was dropped.</summary>
    public static RecordHeader?[] Read(RedisResult reply) =>
        Array.ConvertAll((RedisResult[])reply!, static record => (byte[]?)record is { Length: > 0 } beginning ? RecordHeader.Read(beginning) : (RecordHeader?)null);
}
