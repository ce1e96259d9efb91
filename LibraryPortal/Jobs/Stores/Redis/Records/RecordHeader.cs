using System.Globalization;
using System.Text;

namespace LibraryPortal.Jobs.Stores.Redis.Records;

/// <summary>What a script returns of a job it changed: the first line of its record, as far as events need it.</summary>
internal readonly record struct RecordHeader(string Name, string? Owner)
{
    /// <param name="record">A record or its beginning.</param>
    public static RecordHeader Read(ReadOnlySpan<byte> record)
    {
        var fields = Fields(record);
        return new RecordHeader(fields[1], TextOrNull(fields[3]));
    }

    /// <summary>What stands for a job whose second line cannot be read: all that the first one knows, so that written anew it says the same.</summary>
    public static JobEnvelope StandIn(JobId id, ReadOnlySpan<byte> record, UnreadableForm form)
    {
        var fields = Fields(record);
        var marks = fields[0][2] - '0';
        var hasRules = marks >= RecordWriter.RulesMark;
        var gates = hasRules ? fields[5].Split(' ', StringSplitOptions.RemoveEmptyEntries) : [];
        return form.StandIn(id, fields[1], fields[0][3..], (JobPriority)(marks % RecordWriter.HistoryMark)) with
        {
            KeepsHistory = (marks & RecordWriter.HistoryMark) != 0,
            ResultTtl = TimeSpan.FromMilliseconds(long.Parse(fields[2], CultureInfo.InvariantCulture)),
            Owner = TextOrNull(fields[3]),
            UniqueKey = TextOrNull(fields[4]),
            SerialKey = gates.FirstOrDefault(static gate => gate[0] == 's') is { } key ? RedisText.Unescape(key[1..]) : null,
            Limits = [.. gates.Where(static gate => gate[0] == 'c').Select(static gate => gate[1..])],
            ExpiresAt = hasRules && fields[6].Length > 0 ? DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(fields[6], CultureInfo.InvariantCulture)) : null,
            Flow = fields[^1] is [' ', ..] && fields[^1][1..].Split(':') is [var flow, var after, var before]
                ? new FlowPlace(FlowId.Parse(flow), int.Parse(after, CultureInfo.InvariantCulture), FlowPlace.Start, int.Parse(before, CultureInfo.InvariantCulture))
                : null,
        };
    }

    static string[] Fields(ReadOnlySpan<byte> record)
    {
        var end = record.IndexOf((byte)'\n');
        var fields = Encoding.UTF8.GetString(end < 0 ? record : record[..end]).Split('\t');
        return fields is [{ Length: >= 3 }, _, _, _, _, ..] ? fields : throw new FormatException("Redis returned something else than a job's record.");
    }

    static string? TextOrNull(string field) => field.Length == 0 ? null : RedisText.Unescape(field);
}
