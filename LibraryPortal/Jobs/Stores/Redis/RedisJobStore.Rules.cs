using System.Runtime.InteropServices;
using System.Text.Json;
using LibraryPortal.Jobs.Inspection;
using LibraryPortal.Jobs.Stores.Redis.Transitions;
using StackExchange.Redis;

namespace LibraryPortal.Jobs.Stores.Redis;

/// <summary>Queues, limits, and what runs leave behind on their way.</summary>
internal sealed partial class RedisJobStore
{
    public async Task<bool> PauseQueueAsync(string queue, bool paused, CancellationToken cancellationToken) =>
        (bool)await ControlAsync(_scripts.Pause, [queue, paused ? "1" : "0"], cancellationToken);

    public Task SetLimitAsync(string name, LimitRule? rule, bool byOperator, CancellationToken cancellationToken) =>
        ControlAsync(_scripts.LimitSet, [byOperator ? "s" : "d", name, rule is null ? "" : RuleCalls.Write(rule)], cancellationToken);

    public async Task<IReadOnlyList<LimitRecord>> ListLimitsAsync(CancellationToken cancellationToken) =>
        RuleCalls.ReadLimits(await CallAsync(_links.Console, _scripts.Limits, [], cancellationToken));

    public Task<bool> SaveCursorAsync(string worker, JobId id, long stamp, JsonElement cursor, CancellationToken cancellationToken) =>
        NoteAsync(worker, id, stamp, "C", JsonMarshal.GetRawUtf8Value(cursor).ToArray(), cancellationToken);

    public Task<bool> WriteLogAsync(string worker, JobId id, long stamp, string text, CancellationToken cancellationToken) =>
        NoteAsync(worker, id, stamp, "L", text, cancellationToken);

    public async Task<IReadOnlyList<JobLogLine>> ReadLogAsync(JobId id, CancellationToken cancellationToken) =>
        RuleCalls.ReadLog(await CallAsync(_links.Console, _scripts.ReadLog, [RedisText.Id(id)], cancellationToken));

    // It may break off: what is claimed is claimed, and a worker's next look for the dead goes on.
    async Task EndOverdueAsync()
    {
        try
        {
            long left;
            do
            {
                var columns = (RedisResult[])(await ControlAsync(_scripts.Expire, [], CancellationToken.None))!;
                left = (long)columns[0];
                Tell(RecoveredJobs.Read(columns, from: 1));
            }
            while (left > 0);
        }
        catch (JobStoreUnavailableException)
        {
            // Said once by the outage log.
        }
    }

    async Task<bool> NoteAsync(string worker, JobId id, long stamp, string kind, RedisValue text, CancellationToken cancellationToken) =>
        (bool)await CallAsync(_links.Hot, _scripts.Note, [RedisText.Escape(worker), RedisText.Id(id), stamp, kind, text, JobLogLine.MostKept], cancellationToken);
}
