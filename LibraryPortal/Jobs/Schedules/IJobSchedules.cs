namespace LibraryPortal.Jobs.Schedules;

/// <summary>Looking at schedules and steering them, from any process on the store. Changes last: they survive restarts and deploys.</summary>
/// <remarks>Calls throw <see cref="JobStoreUnavailableException"/> while the store cannot be reached, and <see cref="ArgumentException"/>, with a sentence, for what is
/// refused: also to change or fire a schedule that another version of the program has stored and this one cannot read. Such a one can be looked at and deleted.</remarks>
public interface IJobSchedules
{
    /// <summary>All schedules by name, the paused and the retired included.</summary>
    Task<IReadOnlyList<ScheduleRecord>> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>Null for an unknown name.</summary>
    Task<ScheduleRecord?> FindAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Makes a schedule, or changes the one of that name. Due times under the old rule that have not fired are dropped when the rule changes.
    /// One that code declares stays so; its changed parts are kept over what later versions of the code say.</summary>
    Task SaveAsync(Schedule schedule, CancellationToken cancellationToken = default);

    /// <summary>Makes a schedule due by another rule, and leaves all else of it as it is by then. What is said of rules at <see cref="SaveAsync"/> holds here too.</summary>
    Task<ScheduleReply> ChangeRuleAsync(string name, ScheduleRule rule, CancellationToken cancellationToken = default);

    /// <summary>Forgets a schedule; its jobs go on. One that code declares would come back, so it is refused: pause it.</summary>
    Task<ScheduleReply> DeleteAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Nothing is due from now on, and what waits for a run to end is dropped.</summary>
    Task<ScheduleReply> PauseAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Due again from now on; what would have been due meanwhile is not made up for.</summary>
    Task<ScheduleReply> ResumeAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Gives a schedule that code declares back to the code: an operator's changes are undone.</summary>
    Task<ScheduleReply> ResetAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Fires one job now, whatever the rule, a pause or the overlap policy says.</summary>
    /// <returns>Null for an unknown name, or when a job with the same unique key has not ended.</returns>
    Task<JobHandle?> RunNowAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Fires the due times of a stretch of the past, both ends included: one after the other where overlapping runs queue, else all at once.
    /// One whose job is still there is not run again.</summary>
    /// <param name="progress">Told, within the call, what became of all so far whenever a batch is fired: it stands, should the rest be cut short.</param>
    /// <returns>Null for an unknown name.</returns>
    /// <exception cref="ArgumentException">The stretch is empty, reaches into the future, or holds more than <see cref="MissedRuns.Most"/> due times.</exception>
    Task<BackfillReply?> BackfillAsync(string name, DateTimeOffset from, DateTimeOffset to, IProgress<BackfillReply>? progress = null, CancellationToken cancellationToken = default);
}
