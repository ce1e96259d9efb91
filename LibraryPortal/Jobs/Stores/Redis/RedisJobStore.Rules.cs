using System.Runtime.InteropServices;
using System.Text.Json;
using LibraryPortal.Jobs.Inspection;
using LibraryPortal.Jobs.Stores.Redis.Transitions;
using StackExchange.Redis;

namespace LibraryPortal.Jobs.Stores.Redis;

/// <summary>Queues, limits, and what runs leave behind on their way.</summary>
internal sealed partial class RedisJobStore
{
    IReadOnlyList<string> _knownNames = [];

    public async Task<bool> PauseQueueAsync(string queue, bool paused, CancellationToken cancellationToken) =>
        (bool)await ControlAsync(_scripts.Pause, [queue, paused ? "1" : "0"], cancellationToken);

    public Task SetLimitAsync(string name, LimitRule? rule, CancellationToken cancellationToken) =>
        ControlAsync(_scripts.LimitSet, [name, rule is null ? "" : RuleCalls.Write(rule)], cancellationToken);

    public async Task<IReadOnlyList<LimitRecord>> ListLimitsAsync(CancellationToken cancellationToken) =>
        RuleCalls.ReadLimits(await CallAsync(_links.Console, _scripts.Limits, [], cancellationToken));

    public Task<bool> SaveCursorAsync(string worker, JobId id, long stamp, JsonElement cursor, CancellationToken cancellationToken) =>
        NoteAsync(worker, id, stamp, "C", JsonMarshal.GetRawUtf8Value(cursor).ToArray(), cancellationToken);

    public Task<bool> WriteLogAsync(string worker, JobId id, long stamp, string text, CancellationToken cancellationToken) =>
        NoteAsync(worker, id, stamp, "L", text, cancellationToken);

    public async Task<IReadOnlyList<JobLogLine>> ReadLogAsync(JobId id, CancellationToken cancellationToken) =>
        RuleCalls.ReadLog(await CallAsync(_links.Console, _scripts.ReadLog, [RedisText.Id(id)], cancellationToken));

    /// <summary>The end of what claims found too late to start, as far as it was asked for; ended when none of it is under way.</summary>
    internal Task EndingOverdue => _overdue.Done;

    /// <returns>Whether there is more to do.</returns>
    async Task<bool> EndSomeOverdueAsync()
    {
        var columns = (RedisResult[])(await ControlAsync(_scripts.Expire, [], CancellationToken.None))!;
        Tell(RecoveredJobs.Read(columns, from: 1));
        return (long)columns[0] > 0;
    }

    // Each worker's next beat sees to its own names.
    void Unpark(IReadOnlyList<string> names)
    {
        Volatile.Write(ref _knownNames, names);
        _parked.Start();
    }

    async Task<bool> UnparkSomeAsync() =>
        (bool)await ControlAsync(_scripts.Unpark, [.. Volatile.Read(ref _knownNames).Select(static name => (RedisValue)name)], CancellationToken.None);

    async Task<bool> NoteAsync(string worker, JobId id, long stamp, string kind, RedisValue text, CancellationToken cancellationToken) =>
        (bool)await CallAsync(_links.Hot, _scripts.Note, [RedisText.Escape(worker), RedisText.Id(id), stamp, kind, text, JobLogLine.MostKept], cancellationToken);
}
