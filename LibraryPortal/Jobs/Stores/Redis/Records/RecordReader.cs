using System.Globalization;
using LibraryPortal.Jobs.Inspection;
using StackExchange.Redis;

namespace LibraryPortal.Jobs.Stores.Redis.Records;

/// <summary>Reads what scripts tell of jobs. Rows are described in <c>Scripts/_row.lua</c>, records in <c>Scripts/_record.lua</c>.</summary>
internal static class RecordReader
{
    public static JobEnvelope ReadEnvelope(ReadOnlySpan<byte> record)
    {
        TakeLine(ref record);
        return EnvelopeCodec.Read(TakeLine(ref record));
    }

    /// <summary>A final record alone.</summary>
    public static JobRecord ReadEnded(ReadOnlySpan<byte> record)
    {
        var state = RecordLetters.Read((char)record[0]);
        TakeLine(ref record);
        var envelope = EnvelopeCodec.Read(TakeLine(ref record));
        return Ended(envelope, state, RecordOutcome.Read(TakeLine(ref record), record));
    }

    /// <summary>What <c>queues.lua</c> tells, as a queue for each lane.</summary>
    public static IEnumerable<QueueRecord> ReadLanes(RedisResult reply)
    {
        var columns = (RedisResult[])reply!;
        for (var at = 0; at < columns.Length; at += 4)
        {
            var name = (string)columns[at]!;
            var due = (string?)columns[at + 3] is { Length: > 0 } text ? DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(text, CultureInfo.InvariantCulture)) : (DateTimeOffset?)null;
            yield return new QueueRecord(
                name[..name.LastIndexOf(':')], (long)columns[at + 1], QueueLanes.ReadySince(ReadEnvelope((byte[])columns[at + 2]!), due));
        }
    }

    public static JobRecord ReadRow(RedisResult row)
    {
        var columns = (RedisResult[])row!;
        string Text(int column) => (string?)columns[column] ?? "";
        var state = RecordLetters.Read(Text(0)[0]);
        ReadOnlySpan<byte> record = (byte[])columns[1]!;
        TakeLine(ref record);
        var envelope = EnvelopeCodec.Read(TakeLine(ref record));
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
            HeldBack = (Text(10).Length > 0, Text(11).Length > 0) switch
            {
                (_, true) => $"No live worker takes jobs from the queue '{envelope.Queue}'.",
                (true, _) => $"No live worker knows jobs named '{envelope.Name}'.",
                _ => null,
            },
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

    static ReadOnlySpan<byte> TakeLine(ref ReadOnlySpan<byte> rest)
    {
        var end = rest.IndexOf((byte)'\n');
        var line = end < 0 ? rest : rest[..end];
        rest = end < 0 ? [] : rest[(end + 1)..];
        return line;
    }

    // Whole milliseconds, as everywhere in the engine.
    static DateTimeOffset FromStamp(long stamp) => DateTimeOffset.FromUnixTimeMilliseconds(stamp / 1_000_000);

    static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
