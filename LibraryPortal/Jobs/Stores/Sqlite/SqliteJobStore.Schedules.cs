namespace LibraryPortal.Jobs.Stores.Sqlite;

/// <summary>Schedules beside the jobs they fire, in the same file and written by the same thread.</summary>
internal sealed partial class SqliteJobStore : IScheduleStore
{
    public Task<IReadOnlyList<StoredSchedule>> ListSchedulesAsync(CancellationToken cancellationToken) => ReadAsync(_reader.ListSchedules, cancellationToken);

    public Task<StoredSchedule?> FindScheduleAsync(string name, CancellationToken cancellationToken) =>
        ReadAsync(() => _reader.FindSchedule(name), cancellationToken);

    public Task<DueSchedules> FindDueSchedulesAsync(int limit, CancellationToken cancellationToken) =>
        ReadAsync(() => _reader.FindDueSchedules(limit), cancellationToken);

    public Task<bool> SaveScheduleAsync(ScheduleWrite write, CancellationToken cancellationToken) =>
        WriteAsync(session => KeepSchedules.Save(session, write), cancellationToken);

    public Task<bool> DeleteScheduleAsync(string name, long revision, CancellationToken cancellationToken) =>
        WriteAsync(session => KeepSchedules.Delete(session, name, revision), cancellationToken);

    public Task<FireReply> FireScheduleAsync(FireRequest request, CancellationToken cancellationToken) =>
        WriteAsync(session => FireSchedule.Run(session, request), cancellationToken);
}
