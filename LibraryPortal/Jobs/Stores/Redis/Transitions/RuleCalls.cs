using System.Globalization;
using LibraryPortal.Jobs.Inspection;
using StackExchange.Redis;

namespace LibraryPortal.Jobs.Stores.Redis.Transitions;

/// <summary>What <c>limits.lua</c> and <c>log.lua</c> return, and rules of limits in the form of <c>_gate.lua</c>.</summary>
internal static class RuleCalls
{
    const string Any = "-";

    public static string Write(LimitRule rule) => string.Join(
        ' ', Number(rule.Running), Number(rule.Starts), Number(rule.Starts is null ? null : (long)Math.Ceiling(rule.Per.TotalMilliseconds)));

    public static List<LimitRecord> ReadLimits(RedisResult reply)
    {
        List<LimitRecord> limits = [];
        foreach (var row in ((RedisResult[])reply!).Chunk(5))
        {
            var (set, declared) = (ReadRule((string?)row[1]), ReadRule((string?)row[2]));
            limits.Add(new LimitRecord((string)row[0]!, set ?? declared!, declared, (long)row[3], (long)row[4]));
        }

        return limits;
    }

    public static List<JobLogLine> ReadLog(RedisResult reply) =>
        [.. ((RedisResult[])reply!).Chunk(2).Select(static line => new JobLogLine(DateTimeOffset.FromUnixTimeMilliseconds((long)line[0]), (string)line[1]!))];

    static LimitRule? ReadRule(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        var words = text.Split(' ');
        return new LimitRule(ReadNumber(words[0]), ReadNumber(words[1]), words[2] == Any ? default : TimeSpan.FromMilliseconds(long.Parse(words[2], CultureInfo.InvariantCulture)));
    }

    static int? ReadNumber(string word) => word == Any ? null : int.Parse(word, CultureInfo.InvariantCulture);

    static string Number(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? Any;
}
