using System.Globalization;
using LibraryPortal.Jobs.Stores.Redis.Records;
using StackExchange.Redis;

namespace LibraryPortal.Jobs.Stores.Redis.Transitions;

/// <summary>One call of <c>claim.lua</c>.</summary>
internal static class ClaimCall
{
    const int ColumnsOfPast = 6;

    /// <param name="wasIdle">Whether the claim before may have marked the worker idle.</param>
    public static RedisValue[] Arguments(ClaimRequest request, int most, bool wasIdle)
    {
        var arguments = new RedisValue[3 + (2 * request.Lanes.Count)];
        arguments[0] = RedisText.Escape(request.Worker);
        arguments[1] = Math.Min(request.Count, most);
        arguments[2] = wasIdle ? "1" : "0";
        for (var i = 0; i < request.Lanes.Count; i++)
        {
            arguments[3 + (2 * i)] = request.Lanes[i].Queue;
            arguments[4 + (2 * i)] = (int)request.Lanes[i].Priority;
        }

        return arguments;
    }

    /// <param name="anyExpired">Whether the claim found jobs that are too late to start, which are to be ended.</param>
    public static ClaimReply Read(RedisResult reply, out bool anyExpired)
    {
        anyExpired = false;
        var columns = (RedisResult[])reply!;
        if (columns.Length == 0)
            return new ClaimReply([], null, WorkerIsKnown: false);
        var nextDue = (long)columns[0];
        var micros = long.Parse((string)columns[1]!, CultureInfo.InvariantCulture);
        var first = (micros * 1_000) + 1;
        var now = DateTimeOffset.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond);
        var jobs = new ClaimedJob?[(int)columns[2]];
        var unreadable = 0;
        for (var i = 0; i < jobs.Length; i++)
        {
            var record = (byte[])columns[3 + i]!;
            if (RecordReader.TryReadEnvelope(record) is not { } envelope)
                unreadable++;
            else
                jobs[i] = new ClaimedJob(envelope, first + i, Attempt: 1, Crashes: 0, CancelRequested: false) { Stored = record, BeginsWithin = envelope.ExpiresAt - now };
        }

        for (var at = 3 + jobs.Length; at < columns.Length; at += ColumnsOfPast)
        {
            var job = (int)columns[at] - 1;
            if (job < 0)
            {
                anyExpired = true;
                continue;
            }

            jobs[job] = jobs[job] is not { } claimed ? null
                : (claimed with
                {
                    Attempt = (int)columns[at + 1] + 1, Crashes = (int)columns[at + 2], CancelRequested = (int)columns[at + 3] == 1,
                    BeginsWithin = (int)columns[at + 5] == 1 ? null : claimed.BeginsWithin,
                }).WithCursor((byte[])columns[at + 4]!);
        }

        // One that cannot be read is taken and not given: its worker, which does not run it, sees to its end.
        if (unreadable > 0)
            jobs = [.. jobs.OfType<ClaimedJob>()];
        return new ClaimReply(jobs!, nextDue < 0 ? null : TimeSpan.FromMilliseconds(nextDue));
    }
}
