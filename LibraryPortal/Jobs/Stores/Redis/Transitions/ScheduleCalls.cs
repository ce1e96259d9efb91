using System.Globalization;
using LibraryPortal.Jobs.Schedules;
using LibraryPortal.Jobs.Stores.Redis.Records;
using StackExchange.Redis;

namespace LibraryPortal.Jobs.Stores.Redis.Transitions;

/// <summary>Calls of the <c>schedule*.lua</c> scripts.</summary>
internal static class ScheduleCalls
{
    public static List<StoredSchedule> ReadRows(RedisResult reply) => [.. ((RedisResult[])reply!).Select(ReadRow).OrderBy(static row => row.Name, StringComparer.Ordinal)];

    public static DueSchedules ReadDue(RedisResult reply)
    {
        var columns = (RedisResult[])reply!;
        var next = (long)columns[1];
        return new DueSchedules(
            DateTimeOffset.FromUnixTimeMilliseconds((long)columns[0]), [.. columns.Skip(3).Select(ReadRow)],
            next < 0 ? null : TimeSpan.FromMilliseconds(next), (string?)columns[2] == "1");
    }

    public static RedisValue[] SaveArguments(ScheduleWrite write) =>
        [write.Name, write.Revision, write.Definition.ToArray(), write.IsActive ? "1" : "0", write.StartsAnew ? "1" : "0"];

    public static RedisValue[] FireArguments(FireRequest request)
    {
        List<RedisValue> arguments =
        [
            request.Name, request.Revision, Letter(request.Overlap), ScheduleClock.MostWaiting,
            request.Progress?.Cursor.ToUnixTimeMilliseconds() ?? RedisValue.EmptyString,
            request.Progress?.LookAt?.ToUnixTimeMilliseconds() ?? RedisValue.EmptyString,
            request.Head is null ? "0" : "1",
        ];
        if (request.Head is { } head)
            AddJob(arguments, head);
        foreach (var due in request.Due)
            AddJob(arguments, due);
        return [.. arguments];
    }

    public static FireReply ReadFire(RedisResult reply)
    {
        var columns = (RedisResult[])reply!;
        return new FireReply(
            IsStale: false, Array.ConvertAll((RedisResult[])columns[2]!, static id => RedisText.ReadId((byte[])id!)), (int)columns[0], (int)columns[1]);
    }

    static void AddJob(List<RedisValue> arguments, DueJob due)
    {
        var job = due.Job;
        arguments.Add(due.Due.ToUnixTimeMilliseconds());
        arguments.Add(RedisText.Id(job.Id));
        arguments.Add(RecordWriter.WriteLive(job));
        arguments.Add(job.Queue);
        arguments.Add((int)job.Priority);
        arguments.Add(job.DueAt is { } start ? start.ToUnixTimeMilliseconds() : "");
        arguments.Add(job.UniqueKey is { } key ? RedisText.Escape(key) : "");
    }

    static StoredSchedule ReadRow(RedisResult row)
    {
        var columns = (RedisResult[])row!;
        return new StoredSchedule
        {
            Name = (string)columns[0]!,
            Revision = Number(columns[1]) ?? 0,
            Definition = (byte[])columns[2]!,
            Cursor = Moment(columns[3]) ?? default,
            Waiting = [.. ((string)columns[4]!).Split(',', StringSplitOptions.RemoveEmptyEntries).Select(static time => At(long.Parse(time, CultureInfo.InvariantCulture)))],
            LastDue = Moment(columns[5]),
            LastFiredAt = Moment(columns[6]),
            LastJob = (byte[])columns[7]! is { Length: > 0 } id ? RedisText.ReadId(id) : null,
            Fired = Number(columns[8]) ?? 0,
            PassedOver = Number(columns[9]) ?? 0,
        };
    }

    static string Letter(OverlapPolicy overlap) => overlap switch
    {
        OverlapPolicy.Skip => "S",
        OverlapPolicy.Queue => "Q",
        OverlapPolicy.CancelPrevious => "C",
        OverlapPolicy.Allow => "A",
        _ => throw new ArgumentOutOfRangeException(nameof(overlap), overlap, "Not a policy."),
    };

    static DateTimeOffset? Moment(RedisResult column) => Number(column) is { } time ? At(time) : null;

    static long? Number(RedisResult column) => long.TryParse((string?)column, CultureInfo.InvariantCulture, out var number) ? number : null;

    static DateTimeOffset At(long time) => DateTimeOffset.FromUnixTimeMilliseconds(time);
}
