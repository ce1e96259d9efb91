using LibraryPortal.Jobs.Stores.Redis.Records;
using StackExchange.Redis;

namespace LibraryPortal.Jobs.Stores.Redis.Transitions;

/// <summary>What <c>reap.lua</c> and <c>leave.lua</c> tell of the jobs they took back.</summary>
internal static class RecoveredJobs
{
    public static IEnumerable<(JobId Id, JobState State, RecordHeader Header)> Read(RedisResult[] columns, int from)
    {
        for (var at = from; at < columns.Length; at += 3)
            yield return (RedisText.ReadId((byte[])columns[at]!), RecordLetters.Read(((string)columns[at + 1]!)[0]), RecordHeader.Read((byte[])columns[at + 2]!));
    }
}
