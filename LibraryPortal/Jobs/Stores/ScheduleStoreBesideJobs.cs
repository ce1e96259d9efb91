namespace LibraryPortal.Jobs.Stores;

/// <summary>Schedules lie in the store of the jobs they fire. A class of its own, so that whoever owns services does not dispose the store twice.</summary>
internal sealed class ScheduleStoreBesideJobs(IJobStore jobs) : IScheduleStore
{
    readonly IScheduleStore _store = jobs as IScheduleStore
        ?? throw new InvalidOperationException($"The job store {jobs.GetType().Name} keeps no schedules.");

    public Task<IReadOnlyList<StoredSchedule>> ListSchedulesAsync(CancellationToken cancellationToken) => _store.ListSchedulesAsync(cancellationToken);

    public Task<StoredSchedule?> FindScheduleAsync(string name, CancellationToken cancellationToken) => _store.FindScheduleAsync(name, cancellationToken);

    public Task<DueSchedules> FindDueSchedulesAsync(int limit, CancellationToken cancellationToken) => _store.FindDueSchedulesAsync(limit, cancellationToken);

    public Task<bool> SaveScheduleAsync(ScheduleWrite write, CancellationToken cancellationToken) => _store.SaveScheduleAsync(write, cancellationToken);

    public Task<bool> DeleteScheduleAsync(string name, long revision, CancellationToken cancellationToken) =>
        _store.DeleteScheduleAsync(name, revision, cancellationToken);

    public Task<FireReply> FireScheduleAsync(FireRequest request, CancellationToken cancellationToken) => _store.FireScheduleAsync(request, cancellationToken);
}
