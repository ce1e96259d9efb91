using System.Text.Json;
using System.Text.Json.Serialization;

namespace LibraryPortal.Jobs.Stores.Redis.Records;

/// <summary>The third line of a final record.</summary>
internal sealed class RecordOutcome
{
    [JsonPropertyName("t")] public long FinishedMs { get; init; }

    /// <summary>Milliseconds × 10⁶, as claim stamps are; scripts, whose numbers are too coarse for it, write text.</summary>
    [JsonPropertyName("s"), JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)] public long? Started { get; init; }

    [JsonPropertyName("w")] public string? Worker { get; init; }
    [JsonPropertyName("n")] public int Attempt { get; init; }
    [JsonPropertyName("c")] public int Crashes { get; init; }
    [JsonPropertyName("e")] public string? Error { get; init; }
    [JsonPropertyName("p")] public string? Progress { get; init; }
    [JsonPropertyName("x")] public int CancelRequested { get; init; }
    [JsonPropertyName("r"), JsonConverter(typeof(ResultConverter))] public JsonElement? Result { get; init; }

    /// <summary>Parses the outcome of a final record, with what <c>more:&lt;id&gt;</c> knew beside it.</summary>
    public static RecordOutcome Read(ReadOnlySpan<byte> outcome, ReadOnlySpan<byte> more)
    {
        var read = JsonSerializer.Deserialize<RecordOutcome>(outcome)!;
        if (more.IsEmpty)
            return read;
        var past = JsonSerializer.Deserialize<RecordOutcome>(more)!;
        return new RecordOutcome
        {
            FinishedMs = read.FinishedMs, Started = read.Started, Worker = read.Worker, Attempt = read.Attempt, Crashes = read.Crashes,
            CancelRequested = read.CancelRequested, Result = read.Result, Error = read.Error ?? past.Error, Progress = read.Progress ?? past.Progress,
        };
    }
}
