using LibraryPortal.Jobs.Diagnostics;
using LibraryPortal.Jobs.Stores;
using Microsoft.Extensions.Logging;

namespace LibraryPortal.Jobs.Worker;

/// <summary>Finds claims the store recorded for this worker whose reply never arrived, and hands them back; and claims of jobs that cannot be read, which fail, or are set aside where a later version has stored them. Called by the heart after each beat.</summary>
internal sealed class LostClaims(IJobStore store, RunSet runs, ILogger log)
{
    HashSet<(JobId Id, long Stamp)> _suspects = [];
    long _suspectedAt;

    /// <param name="worker">Whose claims they are.</param>
    /// <param name="owned">What the store says this worker owns.</param>
    /// <param name="claimPendingSince">When the claim now under way began; 0 when none is.</param>
    /// <param name="now">The clock's timestamp.</param>
    public void Look(string worker, IReadOnlyList<(JobId Id, long Stamp)> owned, long claimPendingSince, long now)
    {
        // Unknown twice in a row: the first time it may have been on its way here, or just been finished.
        var unknown = owned.Where(claim => !runs.Contains(claim.Id, claim.Stamp)).ToHashSet();
        var replyMayCome = claimPendingSince != 0 && claimPendingSince <= _suspectedAt;
        var lost = replyMayCome ? [] : unknown.Where(_suspects.Contains).ToList();
        if (!replyMayCome)
            (_suspects, _suspectedAt) = (unknown, now);
        if (lost.Count > 0)
            _ = HandBackAsync(worker, lost);
    }

    async Task HandBackAsync(string worker, List<(JobId Id, long Stamp)> lost)
    {
        try
        {
            List<JobOutcome> outcomes = [];
            foreach (var (id, stamp) in lost)
            {
                if (await FindAsync(id) is { State: JobState.Running } job && job.Worker == worker)
                    outcomes.Add(Outcome(job, stamp));
            }

            var accepted = await store.FinishAsync(worker, outcomes, CancellationToken.None);
            Log.LostClaimsReturned(log, accepted.Count(static one => one));
        }
        catch (JobStoreUnavailableException)
        {
            // The next beats find them again.
        }
        catch (Exception error)
        {
            Log.PartFailed(log, "lost claims", error);
        }
    }

    // One that not even can be looked at must not keep the others here.
    async Task<JobRecord?> FindAsync(JobId id)
    {
        try
        {
            return await store.FindAsync(id, CancellationToken.None);
        }
        catch (Exception error) when (error is not JobStoreUnavailableException)
        {
            Log.PartFailed(log, "lost claims", error);
            return null;
        }
    }

    // A store gives no job to run that it cannot read: this is where such a one comes to its end, or is left to others.
    JobOutcome Outcome(JobRecord job, long stamp)
    {
        var claimed = new ClaimedJob(job.Envelope, stamp, job.Attempt, job.Crashes, job.CancelRequested);
        if (job.Envelope.Unreadable is not { } form)
            return new JobOutcome(claimed, Canary.Unrun(job.Envelope));
        if (form.LaterForm is { } later)
        {
            Log.JobOfLaterForm(log, job.Id, job.Envelope.Name, later);
            return new JobOutcome(claimed, OutcomeKind.Parked);
        }

        Log.JobUnreadable(log, job.Id, job.Envelope.Name, form.Why);
        return new JobOutcome(claimed, OutcomeKind.Failed, Error: form.Sentence);
    }
}
