using System.Globalization;
using LibraryPortal.Jobs.Inspection;
using StackExchange.Redis;

namespace LibraryPortal.Jobs.Stores.Redis.Records;

/// <summary>Reads what scripts tell of jobs. Rows are described in <c>Scripts/_row.lua</c>, records in <c>Scripts/_record.lua</c>.</summary>
internal static class RecordReader
{
    /// <returns>Null where it cannot be read.</returns>
    public static JobEnvelope? TryReadEnvelope(ReadOnlySpan<byte> record)
    {
        TakeLine(ref record);
        return EnvelopeCodec.TryRead(TakeLine(ref record), out _);
    }

    /// <summary>A final record alone.</summary>
    public static JobRecord ReadEnded(JobId id, ReadOnlySpan<byte> record)
    {
        var state = RecordLetters.Read((char)record[0]);
        var envelope = TakeEnvelope(id, ref record);
        return Ended(envelope, state, RecordOutcome.Read(TakeLine(ref record), record));
    }

    /// <summary>What <c>queues.lua</c> tells, as a queue for each lane and for each pause.</summary>
    public static IEnumerable<QueueRecord> ReadLanes(RedisResult reply)
    {
        var columns = (RedisResult[])reply!;
        for (var at = 0; at < columns.Length; at += 4)
        {
            var lane = (string)columns[at]!;
            var queue = lane[..lane.LastIndexOf(':')];
            yield return (long)columns[at + 1] is >= 0 and var depth
                ? new QueueRecord(queue, depth, QueueLanes.FirstReadySince(TryReadEnvelope((byte[])columns[at + 2]!), Moment((string?)columns[at + 3])))
                : new QueueRecord(queue, 0, null, Moment((string?)columns[at + 2]));
        }
    }

    public static JobRecord ReadRow(RedisResult row)
    {
        var columns = (RedisResult[])row!;
        string Text(int column) => (string?)columns[column] ?? "";
        var state = RecordLetters.Read(Text(0)[0]);
        ReadOnlySpan<byte> record = (byte[])columns[1]!;
        var envelope = TakeEnvelope(RedisText.ReadId((byte[])columns[14]!), ref record);
        if (!record.IsEmpty)
            return Ended(envelope, state, RecordOutcome.Read(TakeLine(ref record), record));

        var failed = int.Parse(Text(5), CultureInfo.InvariantCulture);
        return new JobRecord
        {
            Envelope = envelope,
            State = state,
            Attempt = state == JobState.Running ? failed + 1 : failed,
            Crashes = int.Parse(Text(6), CultureInfo.InvariantCulture),
            Worker = NullIfEmpty(Text(2)),
            StartedAt = Text(3) is { Length: > 0 } claimed ? FromStamp(long.Parse(claimed, CultureInfo.InvariantCulture)) : null,
            DueAt = Text(4) is { Length: > 0 } due ? DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(due, CultureInfo.InvariantCulture)) : envelope.DueAt,
            CancelRequested = Text(7).Length > 0,
            Error = NullIfEmpty(Text(8)),
            Progress = ProgressText.Read(Text(9)),
            HeldBack = Stores.HeldBack.Describe(envelope, Text(10) == "1" ? envelope.Name : Text(10), Text(12), Text(11).Length > 0, Text(13).Length > 0),
        };
    }

    static JobRecord Ended(JobEnvelope envelope, JobState state, RecordOutcome outcome) => new()
    {
        Envelope = envelope,
        State = state,
        Attempt = outcome.Attempt,
        Crashes = outcome.Crashes,
        Worker = outcome.Worker,
        StartedAt = outcome.Started is { } started ? FromStamp(started) : null,
        FinishedAt = DateTimeOffset.FromUnixTimeMilliseconds(outcome.FinishedMs),
        DueAt = envelope.DueAt,
        CancelRequested = outcome.CancelRequested != 0,
        Error = outcome.Error,
        Progress = ProgressText.Read(outcome.Progress),
        Result = outcome.Result,
    };

    // Takes the first two lines.
    static JobEnvelope TakeEnvelope(JobId id, ref ReadOnlySpan<byte> record)
    {
        var header = TakeLine(ref record);
        var stored = TakeLine(ref record);
        return EnvelopeCodec.TryRead(stored, out var why) ?? RecordHeader.StandIn(id, header, new UnreadableForm(why, stored.ToArray()));
    }

    static ReadOnlySpan<byte> TakeLine(ref ReadOnlySpan<byte> rest)
    {
        var end = rest.IndexOf((byte)'\n');
        var line = end < 0 ? rest : rest[..end];
        rest = end < 0 ? [] : rest[(end + 1)..];
        return line;
    }

    static DateTimeOffset? Moment(string? ms) =>
        string.IsNullOrEmpty(ms) ? null : DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(ms, CultureInfo.InvariantCulture));

    // Whole milliseconds, as everywhere in the engine.
    static DateTimeOffset FromStamp(long stamp) => DateTimeOffset.FromUnixTimeMilliseconds(stamp / 1_000_000);

    static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
