using System.Globalization;
using System.Text;
using System.Text.Json;
using LibraryPortal.Jobs.Inspection;
using LibraryPortal.Jobs.Stores.Redis.Records;
using StackExchange.Redis;

namespace LibraryPortal.Jobs.Stores.Redis.Transitions;

/// <summary>Calls of the <c>flow*.lua</c> scripts.</summary>
internal static class FlowCalls
{
    const int FieldsPerCall = 512;

    /// <summary>The calls of <c>flowplan.lua</c> that tell what is to be known of a flow.</summary>
    /// <param name="attempt">Tells this attempt at making the flow from every other one.</param>
    public static IEnumerable<RedisValue[]> PlanArguments(FlowPlan plan, string attempt)
    {
        List<(RedisValue Field, RedisValue Value)> fields =
        [
            ("all", Ids(plan, Enumerable.Range(0, plan.Jobs.Count))),
            ("shape", JsonSerializer.SerializeToUtf8Bytes(plan.Shape)),
        ];
        for (var gate = 0; gate < plan.Gates.Count; gate++)
        {
            var number = gate.ToString(CultureInfo.InvariantCulture);
            fields.Add(("l" + number, plan.Gates[gate].Waits));
            if (plan.Gates[gate].Behind.Count > 0)
                fields.Add(("e" + number, Ids(plan, plan.Gates[gate].Behind)));
            if (plan.Gates[gate].Results.Count > 0)
                fields.Add(("r" + number, Ids(plan, plan.Gates[gate].Results)));
        }

        var isFirst = "1";
        foreach (var chunk in fields.Chunk(FieldsPerCall))
        {
            yield return [plan.Id.ToString(), attempt, isFirst, .. chunk.SelectMany(static field => new[] { field.Field, field.Value })];
            isFirst = "0";
        }
    }

    /// <summary>The calls of <c>flowstage.lua</c> that put its jobs in place.</summary>
    public static IEnumerable<RedisValue[]> StageArguments(FlowPlan plan, string attempt)
    {
        foreach (var chunk in BatchLimits.Split(plan.Jobs, BatchLimits.Weigh))
        {
            var arguments = new RedisValue[2 + (4 * chunk.Count)];
            arguments[0] = plan.Id.ToString();
            arguments[1] = attempt;
            for (var i = 0; i < chunk.Count; i++)
            {
                arguments[2 + (4 * i)] = RedisText.Id(chunk[i].Id);
                arguments[3 + (4 * i)] = RecordWriter.WriteLive(chunk[i]);
                arguments[4 + (4 * i)] = chunk[i].UniqueKey is { } key ? RedisText.Escape(key) : "";
                arguments[5 + (4 * i)] = chunk[i].DueAt is { } due ? due.ToUnixTimeMilliseconds() : "";
            }

            yield return arguments;
        }
    }

    public static RedisValue[] StartArguments(FlowPlan plan, string attempt) =>
    [
        plan.Id.ToString(), attempt, JsonSerializer.SerializeToUtf8Bytes(new About(plan.Name, plan.Owner, plan.AcceptedAt)), plan.OnFailure == FlowFailure.GoOn ? "G" : "R",
        plan.Jobs.Count, plan.Gates.Count, Math.Max(1, (long)plan.ResultTtl.TotalMilliseconds),
    ];

    public static List<FlowRecord> ReadRows(IEnumerable<RedisResult> rows, DateTimeOffset now) => [.. rows.Select(row => ReadRow(row, now)).OfType<FlowRecord>()];

    public static FlowNode ReadShape(byte[] shape) => JsonSerializer.Deserialize<FlowNode>(shape)!;

    public static IEnumerable<FlowJob> ReadJobs(IEnumerable<RedisResult> rows, int first) => rows.Select((row, i) => ReadJob((RedisResult[])row!, first + i));

    public static List<FlowResult> ReadResults(RedisResult reply)
    {
        var columns = (RedisResult[])reply!;
        List<FlowResult> results = [];
        for (var at = 0; at < columns.Length; at += 2)
            results.Add(ReadResult(RedisText.ReadId((byte[])columns[at]!), (byte[])columns[at + 1]!));
        return results;
    }

    static FlowResult ReadResult(JobId id, byte[] ended)
    {
        if (ended.Length == 0)
            return new FlowResult(id, JobState.Waiting, null);
        var state = RecordLetters.Read((char)ended[0]);
        // Of others there may be more, which is no result.
        if (state != JobState.Succeeded || ended.Length < 3)
            return new FlowResult(id, state, null);
        var reader = new Utf8JsonReader(ended.AsSpan(2));
        return new FlowResult(id, state, JsonElement.ParseValue(ref reader));
    }

    static FlowJob ReadJob(RedisResult[] row, int number)
    {
        var record = row[2].IsNull ? null : RecordReader.ReadRow(row[2]);
        var state = record?.State ?? ((string?)row[1] is [var letter] ? RecordLetters.Read(letter) : JobState.Cancelled);
        return new FlowJob(number, RedisText.ReadId((byte[])row[0]!), state, record);
    }

    static FlowRecord? ReadRow(RedisResult row, DateTimeOffset now)
    {
        var columns = (RedisResult[])row!;
        var about = JsonSerializer.Deserialize<About>((byte[])columns[1]!)!;
        var (total, stop) = (Number(columns[3]), (string)columns[7]!);
        var finished = (string)columns[8]! is { Length: > 0 } end ? DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(end, CultureInfo.InvariantCulture)) : (DateTimeOffset?)null;
        // Over, though nobody has taken it away yet.
        if (finished?.AddMilliseconds(Number(columns[10])) <= now)
            return null;
        return new FlowRecord
        {
            Id = FlowId.Parse((string)columns[0]!),
            Name = about.Name,
            Owner = about.Owner,
            AcceptedAt = about.AcceptedAt,
            OnFailure = (string?)columns[2] == "G" ? FlowFailure.GoOn : FlowFailure.CancelRest,
            Total = (int)total,
            Succeeded = (int)Number(columns[4]),
            Failed = (int)Number(columns[5]),
            Cancelled = (int)Number(columns[6]),
            FinishedAt = finished,
            State = finished is null ? (stop.Length == 0 ? FlowState.Running : FlowState.Stopping)
                : stop == "C" ? FlowState.Cancelled
                : stop.Length == 0 && (total == 0 || Number(columns[9]) > 0) ? FlowState.Succeeded : FlowState.Failed,
        };
    }

    static long Number(RedisResult column) => long.TryParse((string?)column, CultureInfo.InvariantCulture, out var number) ? number : 0;

    static byte[] Ids(FlowPlan plan, IEnumerable<int> numbers) =>
        Encoding.ASCII.GetBytes(string.Concat(numbers.Select(number => plan.Jobs[number].Id.ToString())));

    sealed record About(string Name, string? Owner, DateTimeOffset AcceptedAt);
}
