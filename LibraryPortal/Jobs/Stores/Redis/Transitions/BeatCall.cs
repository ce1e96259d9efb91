using System.Globalization;
using System.Text.Json;
using LibraryPortal.Jobs.Inspection;
using LibraryPortal.Jobs.Stores.Redis.Connections;
using StackExchange.Redis;

namespace LibraryPortal.Jobs.Stores.Redis.Transitions;

/// <summary>One call of <c>beat.lua</c>, and what <c>workers.lua</c> tells of beats.</summary>
internal static class BeatCall
{
    public static RedisValue[] Arguments(WorkerBeat beat) =>
    [
        RedisText.Escape(beat.Worker), beat.IsFirst ? "1" : "0", JsonSerializer.SerializeToUtf8Bytes(beat), string.Join('\n', beat.Queues),
        string.Join('\n', beat.Limits.Select(static limit => $"{limit.Key} {RuleCalls.Write(limit.Value)}")),
        .. beat.JobNames.Select(static name => (RedisValue)name),
    ];

    /// <param name="reply">As <see cref="RedisWords.Read"/> has it.</param>
    /// <param name="moreParked">Whether more jobs were set aside for want of what this worker knows.</param>
    public static BeatReply Read(object? reply, out bool moreParked)
    {
        moreParked = false;
        if (reply is not object?[] lists || lists is not [object?[] owned, object?[] cancel, var more])
            return new BeatReply(IsKnown: false, [], []);
        moreParked = more is 1L;
        var pairs = new (JobId, long)[owned.Length / 2];
        for (var i = 0; i < pairs.Length; i++)
            pairs[i] = (RedisText.ReadId((byte[])owned[2 * i]!), long.Parse((byte[])owned[(2 * i) + 1]!, CultureInfo.InvariantCulture));
        return new BeatReply(IsKnown: true, pairs, Array.ConvertAll(cancel, static id => RedisText.ReadId((byte[])id!)));
    }

    public static List<WorkerRecord> ReadWorkers(RedisResult reply)
    {
        var columns = (RedisResult[])reply!;
        List<WorkerRecord> workers = [];
        for (var at = 0; at < columns.Length; at += 4)
        {
            var about = JsonSerializer.Deserialize<WorkerBeat>((byte[])columns[at + 3]!)!;
            workers.Add(new WorkerRecord(
                about.Worker, about.Host, about.ProcessId, about.Version, about.Slots, (int)columns[at + 2], about.MemoryBytes, about.Queues, about.JobNames,
                about.StartedAt, DateTimeOffset.FromUnixTimeMilliseconds(long.Parse((string)columns[at + 1]!, CultureInfo.InvariantCulture))));
        }

        workers.Sort(static (one, other) => (one.StartedAt, one.Id).CompareTo((other.StartedAt, other.Id)));
        return workers;
    }
}
