using System.Text.Json;
using System.Text.Json.Serialization;

namespace LibraryPortal.Jobs.Schedules;

/// <summary>What becomes of due times that passed while no scheduler ran: how many of them, the latest first, are made up for.</summary>
/// <param name="MadeUp">From 0 to <see cref="Most"/>.</param>
[JsonConverter(typeof(MissedRunsJsonConverter))]
public readonly record struct MissedRuns(int MadeUp)
{
    /// <summary>More than this is a backfill, which somebody should ask for.</summary>
    public const int Most = 1_000;

    /// <summary>None is made up for.</summary>
    public static MissedRuns None { get; } = new(0);

    /// <summary>One run stands for all that were missed; its due time is the latest of theirs.</summary>
    public static MissedRuns Last { get; } = new(1);

    /// <summary>The latest <paramref name="count"/> of them run, in their order.</summary>
    public static MissedRuns UpTo(int count) => new(count);
}

/// <summary>Writes the bare number.</summary>
internal sealed class MissedRunsJsonConverter : JsonConverter<MissedRuns>
{
    public override MissedRuns Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetInt32());

    public override void Write(Utf8JsonWriter writer, MissedRuns value, JsonSerializerOptions options) => writer.WriteNumberValue(value.MadeUp);
}
