using System.Text;

namespace LibraryPortal.Jobs.Stores.Redis.Records;

/// <summary>What a script returns of a job it changed: the first line of its record, as far as events need it.</summary>
internal readonly record struct RecordHeader(string Name, string? Owner)
{
    /// <param name="record">A record or its beginning.</param>
    public static RecordHeader Read(ReadOnlySpan<byte> record)
    {
        var end = record.IndexOf((byte)'\n');
        var fields = Encoding.UTF8.GetString(end < 0 ? record : record[..end]).Split('\t');
        return fields.Length < 4
            ? throw new FormatException("Redis returned something else than a job's record.")
            : new RecordHeader(fields[1], fields[3].Length == 0 ? null : RedisText.Unescape(fields[3]));
    }
}
