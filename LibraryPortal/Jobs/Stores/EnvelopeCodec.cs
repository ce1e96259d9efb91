using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace LibraryPortal.Jobs.Stores;

/// <summary>An envelope as one compact blob of UTF-8 JSON, the form every store keeps. Members it does not know are skipped, so that an older
/// program can read what a newer one wrote.</summary>
internal static class EnvelopeCodec
{
    /// <summary>The form written here, and the newest one read. To be raised when readers of the form before would take a job for something else than it is.</summary>
    /// <remarks>However a later form looks, it begins as a JSON object whose first member is <c>k</c>, its number; this one, the first, has none.</remarks>
    public const int Form = 1;

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

    /// <summary>Reads it where that can be done.</summary>
    /// <param name="why">What is wrong with it, where null is returned.</param>
    public static JobEnvelope? TryRead(ReadOnlySpan<byte> utf8, out string why)
    {
        why = "";
        try
        {
            return Read(utf8);
        }
        catch (Exception error) when (IsDamage(error))
        {
            why = error.Message;
            return null;
        }
    }

    /// <summary>Whether this is what comes of reading something that is not in the form expected.</summary>
    public static bool IsDamage(Exception error) =>
        error is JsonException or FormatException or InvalidOperationException or ArgumentException or OverflowException or IndexOutOfRangeException;

    /// <summary>The number of the form that something stored is in; 1 where that does not say.</summary>
    public static int FormOf(ReadOnlySpan<byte> utf8)
    {
        try
        {
            var reader = new Utf8JsonReader(utf8, isFinalBlock: false, default);
            return reader.Read() && reader.TokenType == JsonTokenType.StartObject && reader.Read() && reader.ValueTextEquals("k"u8) && reader.Read() ? reader.GetInt32() : 1;
        }
        catch (Exception error) when (IsDamage(error))
        {
            return 1;
        }
    }

    /// <exception cref="JsonException">The blob is not an envelope, or one of a later form.</exception>
    public static JobEnvelope Read(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8);
        Expect(ref reader, JsonTokenType.StartObject);
        Guid? id = null;
        string? name = null, queue = null, uniqueKey = null, owner = null, trace = null;
        var priority = JobPriority.Normal;
        JsonElement args = default;
        DateTimeOffset enqueued = default;
        DateTimeOffset? due = null, scheduled = null;
        RetryPolicy retry = default;
        FlowPlace? place = null;
        JsonElement? original = null;
        TimeSpan ttl = default;
        IReadOnlyList<string> tags = [];
        var keepsHistory = false;
        DateTimeOffset? expires = null;
        (TimeSpan Limit, TimeSpan Grace)? limit = null;
        string? serialKey = null;
        IReadOnlyList<string> limits = [];
        var version = 1;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var member = reader.HasValueSequence || reader.ValueSpan.Length != 1 ? (byte)0 : reader.ValueSpan[0];
            reader.Read();
            switch (member)
            {
                case (byte)'i': id = reader.GetGuid(); break;
                case (byte)'n': name = reader.GetString(); break;
                case (byte)'q': queue = reader.GetString(); break;
                case (byte)'p': priority = (JobPriority)reader.GetInt32(); break;
                case (byte)'a': args = JsonElement.ParseValue(ref reader); break;
                case (byte)'t': enqueued = DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64()); break;
                case (byte)'d': due = DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64()); break;
                case (byte)'r': retry = ReadRetry(ref reader); break;
                case (byte)'u': uniqueKey = reader.GetString(); break;
                case (byte)'o': owner = reader.GetString(); break;
                case (byte)'g': tags = ReadTags(ref reader); break;
                case (byte)'l': ttl = TimeSpan.FromMilliseconds(reader.GetInt64()); break;
                case (byte)'f': scheduled = DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64()); break;
                case (byte)'h': keepsHistory = reader.GetInt32() == 1; break;
                case (byte)'e': expires = DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64()); break;
                case (byte)'m': limit = ReadTimeLimit(ref reader); break;
                case (byte)'s': serialKey = reader.GetString(); break;
                case (byte)'c': limits = ReadTags(ref reader); break;
                case (byte)'v': version = reader.GetInt32(); break;
                case (byte)'b': original = JsonElement.ParseValue(ref reader); break;
                case (byte)'x': place = ReadPlace(ref reader); break;
                case (byte)'w': trace = reader.GetString(); break;
                case (byte)'k': CheckForm(reader.GetInt32()); break;
                default: reader.Skip(); break;
            }
        }

        return new JobEnvelope
        {
            Id = new JobId(id ?? throw Incomplete()), Name = name ?? throw Incomplete(), Queue = queue ?? throw Incomplete(), Priority = priority,
            Args = args, EnqueuedAt = enqueued, DueAt = due, Retry = retry, UniqueKey = uniqueKey, Owner = owner, Tags = tags, ResultTtl = ttl, ScheduledFor = scheduled,
            KeepsHistory = keepsHistory, Flow = place, OriginalArgs = original, TraceParent = trace, ExpiresAt = expires, TimeLimit = limit?.Limit,
            TimeLimitGrace = limit?.Grace ?? TimeSpan.FromSeconds(RunLimits.DefaultGraceSeconds), SerialKey = serialKey, Limits = limits, ArgsVersion = version,
        };
    }

    /// <summary>Whether <see cref="JobEnvelope.HasGates"/> may be true of what was written. False only where it surely is not, which is cheaper than reading it all.</summary>
    public static bool MayHaveGates(ReadOnlySpan<byte> utf8) => utf8.IndexOf("\"s\":\""u8) >= 0 || utf8.IndexOf("\"c\":["u8) >= 0;

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

    static (TimeSpan Limit, TimeSpan Grace) ReadTimeLimit(ref Utf8JsonReader reader)
    {
        reader.Read();
        var limit = TimeSpan.FromMilliseconds(reader.GetInt64());
        reader.Read();
        var grace = TimeSpan.FromMilliseconds(reader.GetInt64());
        Expect(ref reader, JsonTokenType.EndArray);
        return (limit, grace);
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

    static FlowPlace ReadPlace(ref Utf8JsonReader reader)
    {
        reader.Read();
        var flow = new FlowId(reader.GetGuid());
        reader.Read();
        var after = reader.GetInt32();
        reader.Read();
        var from = reader.GetInt32();
        reader.Read();
        var before = reader.GetInt32();
        reader.Read();
        if (reader.TokenType == JsonTokenType.EndArray)
            return new FlowPlace(flow, after, from, before);
        var into = reader.GetString();
        reader.Read();
        var many = reader.GetBoolean();
        Expect(ref reader, JsonTokenType.EndArray);
        return new FlowPlace(flow, after, from, before, into, many);
    }

    static RetryPolicy ReadRetry(ref Utf8JsonReader reader)
    {
        reader.Read();
        var attempts = reader.GetInt32();
        reader.Read();
        var first = TimeSpan.FromMilliseconds(reader.GetInt64());
        reader.Read();
        var longest = TimeSpan.FromMilliseconds(reader.GetInt64());
        Expect(ref reader, JsonTokenType.EndArray);
        return new RetryPolicy(attempts, first, longest);
    }

    static List<string> ReadTags(ref Utf8JsonReader reader)
    {
        List<string> tags = [];
        while (reader.Read() && reader.TokenType == JsonTokenType.String)
            tags.Add(reader.GetString()!);
        return tags;
    }

    static void Expect(ref Utf8JsonReader reader, JsonTokenType token)
    {
        if (!reader.Read() || reader.TokenType != token)
            throw Incomplete();
    }

    static void CheckForm(int form)
    {
        if (form > Form)
            throw new JsonException(string.Create(CultureInfo.InvariantCulture, $"It is stored in form {form}, and this program reads forms up to {Form}."));
    }

    static JsonException Incomplete() => new("The stored job is not a job envelope.");

    static long Milliseconds(TimeSpan span) => span.Ticks / TimeSpan.TicksPerMillisecond;

    static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Json) NewScratch()
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        return (buffer, new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true }));
    }
}
