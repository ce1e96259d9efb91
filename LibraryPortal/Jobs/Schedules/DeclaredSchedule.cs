namespace LibraryPortal.Jobs.Schedules;

/// <summary>A schedule that code declares. The job is prepared when a scheduler starts, because only then all job types are known.</summary>
internal sealed record DeclaredSchedule(string Name, ScheduleRule Rule, IJobArgs Args, ScheduleOptions Options)
{
    /// <exception cref="ArgumentException">The job is refused; the message says why.</exception>
    public Schedule Build(IJobClient client) => new()
    {
        Name = Name,
        Rule = Rule,
        Job = ScheduleCheck.AsTemplate(client.Prepare(Args, Options.JobValue)),
        Missed = Options.MissedValue,
        Overlap = Options.OverlapValue,
        Jitter = Options.JitterValue,
        IsPaused = Options.PausedValue,
        StartsAt = Options.StartsAtValue,
        EndsAt = Options.EndsAtValue,
    };
}
