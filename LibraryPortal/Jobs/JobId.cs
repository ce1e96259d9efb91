using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LibraryPortal.Jobs;

/// <summary>A job's identity: a UUID version 7 made by the caller, so that enqueuing the same job twice is harmless. Written as 32 hexadecimal digits.</summary>
[JsonConverter(typeof(JobIdJsonConverter))]
public readonly record struct JobId(Guid Value) : IComparable<JobId>, ISpanParsable<JobId>
{
    // The system's own version 7 asks the kernel for randomness id by id, which costs more than all else about a job. Here a thread takes it in bulk.
    const int RandomPerId = 10;
    [ThreadStatic] static byte[]? t_random;
    [ThreadStatic] static int t_used;

    /// <summary>A new id that sorts by its time of creation.</summary>
    public static JobId New(TimeProvider? clock = null) => New((clock ?? TimeProvider.System).GetUtcNow());

    /// <summary>A new id that sorts by the moment given.</summary>
    public static JobId New(DateTimeOffset moment)
    {
        var random = t_random;
        if (random is null || t_used + RandomPerId > random.Length)
        {
            t_random = random ??= new byte[64 * RandomPerId];
            RandomNumberGenerator.Fill(random);
            t_used = 0;
        }

        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, moment.ToUnixTimeMilliseconds() << 16);
        random.AsSpan(t_used, RandomPerId).CopyTo(bytes[6..]);
        t_used += RandomPerId;
        // RFC 9562: version 7 and variant 2.
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x70);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new JobId(new Guid(bytes, bigEndian: true));
    }

    public static JobId Parse(string s, IFormatProvider? provider = null) => Parse(s.AsSpan(), provider);

    /// <exception cref="FormatException">The text is not 32 hexadecimal digits.</exception>
    public static JobId Parse(ReadOnlySpan<char> s, IFormatProvider? provider = null) => new(Guid.ParseExact(s, "N"));

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out JobId result) =>
        TryParse(s.AsSpan(), provider, out result);

    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out JobId result)
    {
        var parsed = Guid.TryParseExact(s, "N", out var value);
        result = new JobId(value);
        return parsed;
    }

    public int CompareTo(JobId other) => string.CompareOrdinal(ToString(), other.ToString());

    public override string ToString() => Value.ToString("N", CultureInfo.InvariantCulture);

    public static bool operator <(JobId left, JobId right) => left.CompareTo(right) < 0;

    public static bool operator <=(JobId left, JobId right) => left.CompareTo(right) <= 0;

    public static bool operator >(JobId left, JobId right) => left.CompareTo(right) > 0;

    public static bool operator >=(JobId left, JobId right) => left.CompareTo(right) >= 0;
}

/// <summary>Reads and writes a <see cref="JobId"/> as its 32 hexadecimal digits.</summary>
internal sealed class JobIdJsonConverter : JsonConverter<JobId>
{
    public override JobId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JobId.TryParse(reader.GetString(), null, out var id) ? id : throw new JsonException("Expected a job id: 32 hexadecimal digits.");

    public override void Write(Utf8JsonWriter writer, JobId value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
