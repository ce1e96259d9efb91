using LibraryPortal.Jobs.Stores.Redis.Records;
using StackExchange.Redis;

namespace LibraryPortal.Jobs.Stores.Redis;

/// <summary>Ended jobs on their way into the history. A receipt is an entry of the stream <c>outcomes</c>.</summary>
internal sealed partial class RedisJobStore : IHistoryFeed
{
    // A reader that died is followed by another after this; one that only took long shares its work, which is harmless.
    static readonly TimeSpan ReaderLease = TimeSpan.FromSeconds(6);

    public async Task<EndedBatch?> ReadEndedAsync(string reader, int count, CancellationToken cancellationToken)
    {
        RedisValue[] arguments = [reader, (long)ReaderLease.TotalMilliseconds, Math.Clamp(count, 1, BatchLimits.Jobs)];
        var result = await CallAsync(_links.Console, _scripts.HistoryRead, arguments, cancellationToken);
        if (result.IsNull)
            return null;
        var columns = (RedisResult[])result!;
        var first = (long)columns[0];
        return new EndedBatch(
            [.. ((RedisResult[])columns[2]!).Select(static record => RecordReader.ReadEnded((byte[])record!))], (string[])columns[1]!,
            first == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(first));
    }

    public async Task AcknowledgeEndedAsync(IReadOnlyList<string> receipts, TimeSpan keepFor, CancellationToken cancellationToken)
    {
        foreach (var batch in receipts.Chunk(BatchLimits.Jobs))
        {
            RedisValue[] arguments = [(long)keepFor.TotalMilliseconds, .. batch.Select(static receipt => (RedisValue)receipt)];
            await CallAsync(_links.Console, _scripts.HistoryTold, arguments, cancellationToken);
        }
    }
}
