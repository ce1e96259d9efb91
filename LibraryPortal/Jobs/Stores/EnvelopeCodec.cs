using System.Text.Json;

namespace LibraryPortal.Jobs.Stores;

/// <summary>An envelope as one compact blob of UTF-8 JSON, the form every store keeps. Members it does not know are skipped, so that an older
/// program can read what a newer one wrote.</summary>
internal static partial class EnvelopeCodec
{
    /// <summary>The form written here, and the newest one read. To be raised when readers of the form before would take a job for something else than it is.</summary>
    /// <remarks>However a later form looks, it begins as a JSON object whose first member is <c>k</c>, its number; this one, the first, has none.</remarks>
    public const int Form = 1;

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

    /// <summary>Whether <see cref="JobEnvelope.HasGates"/> may be true of what was written. False only where it surely is not, which is cheaper than reading it all.</summary>
    public static bool MayHaveGates(ReadOnlySpan<byte> utf8) => utf8.IndexOf("\"s\":\""u8) >= 0 || utf8.IndexOf("\"c\":["u8) >= 0;
}
