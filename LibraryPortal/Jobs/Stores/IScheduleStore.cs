namespace LibraryPortal.Jobs.Stores;

/// <summary>What schedules ask of a store. It keeps definitions as they are given to it and knows nothing of rules or time zones; what it sees to is that of
/// many schedulers one fires a due time, together with moving the schedule on.</summary>
/// <remarks>As with <see cref="IJobStore"/>: each call is one atomic transition, time is the store's own, and any call throws <see cref="JobStoreUnavailableException"/>
/// when the store cannot be reached. A call whose reply was lost may be repeated: it is then refused as stale.</remarks>
public interface IScheduleStore
{
    /// <summary>All schedules by name, the inactive ones included.</summary>
    Task<IReadOnlyList<StoredSchedule>> ListSchedulesAsync(CancellationToken cancellationToken);

    Task<StoredSchedule?> FindScheduleAsync(string name, CancellationToken cancellationToken);

    /// <summary>The active schedules to look at now: whose time to look has come, who have something waiting for a run that has ended, or whose cursor lies
    /// further ahead than <see cref="ScheduleClock.SetBack"/>.</summary>
    /// <param name="limit">At most this many.</param>
    Task<DueSchedules> FindDueSchedulesAsync(int limit, CancellationToken cancellationToken);

    /// <summary>Writes a definition, and wakes the schedulers.</summary>
    /// <returns>False when the schedule is no longer at that revision.</returns>
    Task<bool> SaveScheduleAsync(ScheduleWrite write, CancellationToken cancellationToken);

    /// <summary>Forgets a schedule. Jobs it has fired go on.</summary>
    /// <returns>False when it is no longer at that revision.</returns>
    Task<bool> DeleteScheduleAsync(string name, long revision, CancellationToken cancellationToken);

    /// <summary>Fires due times, or lets them wait, or passes them over, as the overlap policy says, and moves the schedule on; all or nothing.</summary>
    Task<FireReply> FireScheduleAsync(FireRequest request, CancellationToken cancellationToken);
}
