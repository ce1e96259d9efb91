using LibraryPortal.Jobs.Stores.Redis.Records;
using LibraryPortal.Jobs.Stores.Redis.Transitions;
using StackExchange.Redis;

namespace LibraryPortal.Jobs.Stores.Redis;

/// <summary>Schedules beside the jobs they fire, under the same hash tag.</summary>
internal sealed partial class RedisJobStore : IScheduleStore
{
    public async Task<IReadOnlyList<StoredSchedule>> ListSchedulesAsync(CancellationToken cancellationToken) =>
        ScheduleCalls.ReadRows(await CallAsync(_links.Console, _scripts.ScheduleList, [], cancellationToken));

    public async Task<StoredSchedule?> FindScheduleAsync(string name, CancellationToken cancellationToken) =>
        ScheduleCalls.ReadRows(await CallAsync(_links.Console, _scripts.ScheduleList, [name], cancellationToken)).FirstOrDefault();

    public async Task<DueSchedules> FindDueSchedulesAsync(int limit, CancellationToken cancellationToken) => ScheduleCalls.ReadDue(
        await ControlAsync(_scripts.ScheduleDue, [limit, (long)ScheduleClock.SetBack.TotalMilliseconds], cancellationToken));

    public async Task<bool> SaveScheduleAsync(ScheduleWrite write, CancellationToken cancellationToken) =>
        (bool)await ControlAsync(_scripts.ScheduleSave, ScheduleCalls.SaveArguments(write), cancellationToken);

    public async Task<bool> DeleteScheduleAsync(string name, long revision, CancellationToken cancellationToken) =>
        (bool)await ControlAsync(_scripts.ScheduleDelete, [name, revision], cancellationToken);

    public async Task<FireReply> FireScheduleAsync(FireRequest request, CancellationToken cancellationToken)
    {
        var result = await ControlAsync(_scripts.ScheduleFire, ScheduleCalls.FireArguments(request), cancellationToken);
        if (result.IsNull)
            return FireReply.Stale;
        var reply = ScheduleCalls.ReadFire(result);
        if ((RedisResult[])((RedisResult[])result!)[3]! is [var id, var letter, var header])
        {
            var state = (string?)letter == "C" ? JobState.Cancelled : JobState.Running;
            Tell([(RedisText.ReadId((byte[])id!), state, RecordHeader.Read((byte[])header!))]);
        }

        foreach (var due in request.Due.Concat(request.Head is { } head ? [head] : []))
        {
            if (reply.Fired.Contains(due.Job.Id))
                _publisher.Add(due.Job.Id, due.Job.Name, due.Job.DueAt > _clock.GetUtcNow() ? JobState.Scheduled : JobState.Queued, due.Job.Owner);
        }

        _publisher.Flush();
        return reply;
    }
}
