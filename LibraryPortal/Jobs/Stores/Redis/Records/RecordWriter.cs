using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace LibraryPortal.Jobs.Stores.Redis.Records;

/// <summary>Writes the value of <c>job:&lt;id&gt;</c>. Its form is described in <c>Scripts/_record.lua</c>.</summary>
internal static class RecordWriter
{
    // Added to the priority's digit.
    public const int HistoryMark = 4;
    public const int RulesMark = 8;

    // Records are written at the rate of jobs; a buffer per thread saves its growing.
    [ThreadStatic] static ArrayBufferWriter<byte>? t_buffer;
    [ThreadStatic] static Utf8JsonWriter? t_json;

    /// <summary>A job that waits or runs.</summary>
    public static byte[] WriteLive(JobEnvelope job)
    {
        var buffer = Begin(RecordLetters.Live, job);
        EnvelopeCodec.WriteTo(buffer, job);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>A job that a worker has ended.</summary>
    public static byte[] WriteFinal(string worker, JobOutcome outcome, JobState state, DateTimeOffset now)
    {
        var claimed = outcome.Job;
        var buffer = BeginFinal(RecordLetters.Of(state), claimed);
        WriteByte(buffer, (byte)'\n');
        var json = t_json ??= new Utf8JsonWriter(Stream.Null, new JsonWriterOptions { SkipValidation = true });
        json.Reset(buffer);
        json.WriteStartObject();
        json.WriteNumber("t"u8, now.ToUnixTimeMilliseconds());
        json.WriteNumber("s"u8, outcome.StartedAt == default ? claimed.Stamp : outcome.StartedAt.ToUnixTimeMilliseconds() * 1_000_000);
        json.WriteString("w"u8, worker);
        json.WriteNumber("n"u8, claimed.Attempt);
        if (claimed.Crashes > 0)
            json.WriteNumber("c"u8, claimed.Crashes);
        if (outcome.Error is not null)
            json.WriteString("e"u8, outcome.Error);
        if (outcome.Progress is { } progress)
            json.WriteString("p"u8, ProgressText.Write(progress));
        if (state == JobState.Cancelled || claimed.CancelRequested)
            json.WriteNumber("x"u8, 1);
        if (outcome.Result is { } result)
        {
            json.WritePropertyName("r"u8);
            result.WriteTo(json);
        }

        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    static ArrayBufferWriter<byte> BeginFinal(char letter, ClaimedJob claimed)
    {
        if (claimed.Stored.IsEmpty)
        {
            var written = Begin(letter, claimed.Envelope);
            EnvelopeCodec.WriteTo(written, claimed.Envelope);
            return written;
        }

        var buffer = Scratch();
        var start = buffer.GetSpan(2);
        start[0] = (byte)letter;
        start[1] = (byte)'0';
        buffer.Advance(2);
        buffer.Write(claimed.Stored.Span[2..]);
        return buffer;
    }

    static ArrayBufferWriter<byte> Begin(char letter, JobEnvelope job)
    {
        var buffer = Scratch();
        var header = buffer.GetSpan(3);
        header[0] = (byte)letter;
        header[1] = (byte)'0';
        header[2] = (byte)('0' + (int)job.Priority + (job.KeepsHistory ? HistoryMark : 0) + (HasRules(job) ? RulesMark : 0));
        buffer.Advance(3);
        WriteText(buffer, job.Queue);
        WriteField(buffer, job.Name);
        WriteField(buffer, ResultTtlText(job));
        WriteField(buffer, job.Owner is null ? "" : RedisText.Escape(job.Owner));
        WriteField(buffer, job.UniqueKey is null ? "" : RedisText.Escape(job.UniqueKey));
        if (HasRules(job))
        {
            WriteField(buffer, string.Join(' ', Gates(job)));
            WriteField(buffer, job.ExpiresAt?.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture) ?? "");
        }

        if (job.Flow is { } place)
            WriteField(buffer, string.Create(CultureInfo.InvariantCulture, $" {place.Flow}:{place.After}:{place.Before}"));
        WriteByte(buffer, (byte)'\n');
        return buffer;
    }

    static ArrayBufferWriter<byte> Scratch()
    {
        var buffer = t_buffer ??= new ArrayBufferWriter<byte>(1_024);
        buffer.ResetWrittenCount();
        return buffer;
    }

    /// <summary>In milliseconds; Redis takes no expiry below one.</summary>
    public static long ResultTtl(JobEnvelope job) => Math.Max(1, (long)job.ResultTtl.TotalMilliseconds);

    /// <summary>Whether scripts must look when it may start.</summary>
    public static bool HasRules(JobEnvelope job) => job.ExpiresAt is not null || job.HasGates;

    static IEnumerable<string> Gates(JobEnvelope job) =>
        (job.SerialKey is { } key ? ["s" + RedisText.Escape(key)] : Enumerable.Empty<string>()).Concat(job.Limits.Select(static name => "c" + name));

    static string ResultTtlText(JobEnvelope job) => ResultTtl(job).ToString(CultureInfo.InvariantCulture);

    static void WriteField(ArrayBufferWriter<byte> buffer, string text)
    {
        WriteByte(buffer, (byte)'\t');
        WriteText(buffer, text);
    }

    static void WriteText(ArrayBufferWriter<byte> buffer, string text) =>
        buffer.Advance(Encoding.UTF8.GetBytes(text, buffer.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length))));

    static void WriteByte(ArrayBufferWriter<byte> buffer, byte value)
    {
        buffer.GetSpan(1)[0] = value;
        buffer.Advance(1);
    }
}
