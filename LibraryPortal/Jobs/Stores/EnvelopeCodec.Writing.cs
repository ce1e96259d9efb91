using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace LibraryPortal.Jobs.Stores;

/// <summary>Writing it: members that say nothing are left out.</summary>
internal static partial class EnvelopeCodec
{
    // Envelopes are written at the rate of jobs; a writer per thread saves two allocations each.
    [ThreadStatic] static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Json)? t_scratch;

    public static byte[] Write(JobEnvelope job)
    {
        var (buffer, _) = t_scratch ??= NewScratch();
        buffer.ResetWrittenCount();
        WriteTo(buffer, job);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Writes it behind what the buffer holds already.</summary>
    public static void WriteTo(IBufferWriter<byte> buffer, JobEnvelope job)
    {
        if (job.Unreadable is { } form)
        {
            buffer.Write(form.Bytes.Span);
            return;
        }

        var (_, json) = t_scratch ??= NewScratch();
        json.Reset(buffer);
        json.WriteStartObject();
        json.WriteString("i"u8, job.Id.Value);
        json.WriteString("n"u8, job.Name);
        json.WriteString("q"u8, job.Queue);
        json.WriteNumber("p"u8, (int)job.Priority);
        json.WritePropertyName("a"u8);
        // As it is: it was checked when it was made or read.
        json.WriteRawValue(JsonMarshal.GetRawUtf8Value(job.Args), skipInputValidation: true);
        json.WriteNumber("t"u8, job.EnqueuedAt.ToUnixTimeMilliseconds());
        if (job.DueAt is { } due)
            json.WriteNumber("d"u8, due.ToUnixTimeMilliseconds());
        json.WriteStartArray("r"u8);
        json.WriteNumberValue(job.Retry.MaxAttempts);
        json.WriteNumberValue(Milliseconds(job.Retry.Base));
        json.WriteNumberValue(Milliseconds(job.Retry.Cap));
        json.WriteEndArray();
        if (job.UniqueKey is not null)
            json.WriteString("u"u8, job.UniqueKey);
        if (job.Owner is not null)
            json.WriteString("o"u8, job.Owner);
        if (job.Tags.Count > 0)
        {
            json.WriteStartArray("g"u8);
            foreach (var tag in job.Tags)
                json.WriteStringValue(tag);
            json.WriteEndArray();
        }

        json.WriteNumber("l"u8, Milliseconds(job.ResultTtl));
        if (job.ScheduledFor is { } scheduled)
            json.WriteNumber("f"u8, scheduled.ToUnixTimeMilliseconds());
        if (job.KeepsHistory)
            json.WriteNumber("h"u8, 1);
        WriteRules(json, job);
        if (job.OriginalArgs is { } original)
        {
            json.WritePropertyName("b"u8);
            original.WriteTo(json);
        }

        if (job.Flow is { } place)
            WritePlace(json, place);
        if (job.TraceParent is not null)
            json.WriteString("w"u8, job.TraceParent);
        json.WriteEndObject();
        json.Flush();
    }

    // When it may start and how long it may run; most jobs have none of it.
    static void WriteRules(Utf8JsonWriter json, JobEnvelope job)
    {
        if (job.ExpiresAt is { } expires)
            json.WriteNumber("e"u8, expires.ToUnixTimeMilliseconds());
        if (job.TimeLimit is { } limit)
        {
            json.WriteStartArray("m"u8);
            json.WriteNumberValue(Milliseconds(limit));
            json.WriteNumberValue(Milliseconds(job.TimeLimitGrace));
            json.WriteEndArray();
        }

        if (job.SerialKey is not null)
            json.WriteString("s"u8, job.SerialKey);
        if (job.Limits.Count > 0)
        {
            json.WriteStartArray("c"u8);
            foreach (var name in job.Limits)
                json.WriteStringValue(name);
            json.WriteEndArray();
        }

        if (job.ArgsVersion != 1)
            json.WriteNumber("v"u8, job.ArgsVersion);
    }

    static void WritePlace(Utf8JsonWriter json, FlowPlace place)
    {
        json.WriteStartArray("x"u8);
        json.WriteStringValue(place.Flow.Value);
        json.WriteNumberValue(place.After);
        json.WriteNumberValue(place.From);
        json.WriteNumberValue(place.Before);
        if (place.Into is not null)
        {
            json.WriteStringValue(place.Into);
            json.WriteBooleanValue(place.TakesMany);
        }

        json.WriteEndArray();
    }

    static long Milliseconds(TimeSpan span) => span.Ticks / TimeSpan.TicksPerMillisecond;

    static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Json) NewScratch()
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        return (buffer, new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true }));
    }
}
