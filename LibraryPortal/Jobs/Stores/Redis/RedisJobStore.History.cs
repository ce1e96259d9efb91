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
        RedisValue[] arguments = [reader, (long)ReaderLease.TotalMilliseconds, Math.Clamp(count, 1, BatchLimits.Jobs), BatchLimits.Bytes];
        var result = await CallAsync(_links.Console, _scripts.HistoryRead, arguments, cancellationToken);
        if (result.IsNull)
            return null;
        var columns = (RedisResult[])result!;
        var first = (long)columns[0];
        var (records, ids) = ((RedisResult[])columns[2]!, (RedisResult[])columns[3]!);
        List<JobRecord> jobs = new(records.Length);
        List<UnreadableEnd> unreadable = [];
        for (var i = 0; i < records.Length; i++)
        {
            var id = RedisText.ReadId((byte[])ids[i]!);
            try
            {
                jobs.Add(RecordReader.ReadEnded(id, (byte[])records[i]!));
            }
            catch (Exception error) when (EnvelopeCodec.IsDamage(error))
            {
                unreadable.Add(new UnreadableEnd(id, error.Message));
            }
        }

        return new EndedBatch(jobs, (string[])columns[1]!, first == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(first)) { Unreadable = unreadable };
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
