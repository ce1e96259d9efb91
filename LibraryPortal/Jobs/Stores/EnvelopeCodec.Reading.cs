using System.Globalization;
using System.Text.Json;

namespace LibraryPortal.Jobs.Stores;

/// <summary>Reading it: what is not there has its default.</summary>
internal static partial class EnvelopeCodec
{
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

    static (TimeSpan Limit, TimeSpan Grace) ReadTimeLimit(ref Utf8JsonReader reader)
    {
        reader.Read();
        var limit = TimeSpan.FromMilliseconds(reader.GetInt64());
        reader.Read();
        var grace = TimeSpan.FromMilliseconds(reader.GetInt64());
        Expect(ref reader, JsonTokenType.EndArray);
        return (limit, grace);
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
}
