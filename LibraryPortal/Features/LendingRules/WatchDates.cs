using LibraryPortal.Circulation.Opening;
using LibraryPortal.Data;
using LibraryPortal.Domain;
using LibraryPortal.Identity;
using LibraryPortal.Jobs;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.LendingRules;

/// <summary>How far the job is that moves promised dates since the calendar changed last.</summary>
/// <param name="Job">Null: the engine has not taken it over yet.</param>
/// <param name="Moved">What it moved; null before its end.</param>
internal sealed record DatesView(JobRecord? Job, DatesMoved? Moved);

/// <summary>Looks after the moving of dates, for the calendar page. What ended more than a day ago is no news.</summary>
internal sealed class WatchDates(IDbContextFactory<PortalDbContext> databases, IJobClient jobs, IJobStoreStatus store, TimeProvider clock)
{
    static readonly TimeSpan News = TimeSpan.FromDays(1);

    /// <returns>Null: no dates are being moved.</returns>
    public async Task<DatesView?> RunAsync(Caller caller, CancellationToken cancellationToken = default)
    {
        if (!caller.IsAdmin)
            return null;
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        if (await database.Settings.Select(settings => settings.DatesJobId).SingleAsync(cancellationToken) is not { } number)
            return null;
        var id = new JobId(number);
        // The outbox first: a job leaves it only after the engine has it.
        if (await database.Outbox.AnyAsync(message => message.JobId == id && message.RefusedAt == null, cancellationToken))
            return new DatesView(null, null);
        if (store.Outage is not null || await FindAsync(id, cancellationToken) is not { } job || job.FinishedAt < clock.GetUtcNow() - News)
            return null;
        return new DatesView(job, job is { State: JobState.Succeeded, Result: not null } ? job.ReadResult<DatesMoved>() : null);
    }

    async Task<JobRecord?> FindAsync(JobId id, CancellationToken cancellationToken)
    {
        try
        {
            return await jobs.FindAsync(id, cancellationToken);
        }
        catch (JobStoreUnavailableException)
        {
            // The dates move all the same; only how far they are is not known now.
            return null;
        }
    }
}
