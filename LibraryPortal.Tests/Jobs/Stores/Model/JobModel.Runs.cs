using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Stores;

namespace LibraryPortal.Tests.Jobs.Stores.Model;

/// <summary>Rows 3 to 12, 16 and 17: who may run what, and what becomes of it.</summary>
internal sealed partial class JobModel
{
    /// <returns>The claims it holds and the jobs it shall cancel; null for a worker that is not known.</returns>
    public (HashSet<(JobId, long)> Owned, HashSet<JobId> Cancel)? Beat(string worker, bool isFirst, IReadOnlyList<string> names)
    {
        Watch();
        if (!isFirst && !Knows(worker))
            return null;
        _beats[worker] = Now;
        foreach (var name in names)
            HandBack([.. Jobs.Where(job => job.Parked && job.Envelope.Name == name).OrderBy(job => job.Id.ToString(), StringComparer.Ordinal)]);
        return ([.. OwnedBy(worker).Select(job => (job.Id, job.Claim!.Value.Job.Stamp))], [.. OwnedBy(worker).Where(job => job.CancelRequested).Select(job => job.Id)]);
    }

    /// <summary>What a claim must give, so many as it asks for, in its order.</summary>
    public List<ModelJob> Claim(IReadOnlyList<Lane> lanes)
    {
        Promote();
        return [.. lanes.SelectMany(Waiting)];
    }

    /// <summary>How long until the next job is due.</summary>
    public long? NextDue() => Jobs.Where(job => job.State == JobState.Scheduled).Min(job => (long?)Math.Max(0, job.Due - Now));

    public void Take(ModelJob job, string worker, ClaimedJob claimed)
    {
        (job.State, job.Claim, job.Progress) = (JobState.Running, (worker, claimed), null);
        if (job.Envelope.Limits.Contains(TwoASecond))
            _starts.Add(Now);
    }

    /// <summary>Whether a claim may have taken it now.</summary>
    public bool MayStart(ModelJob job) =>
        job.State == JobState.Queued && !job.Parked && !_paused.Contains(job.Envelope.Queue) && (job.MayHaveBegun || !IsOver(job)) && job.Flow?.IsItsTurn(job) != false;

    /// <summary>What rules are broken, in a sentence; null when none is.</summary>
    public string? FindBroken()
    {
        var running = Jobs.Where(job => job.State == JobState.Running).ToList();
        if (running.Where(job => job.Envelope.SerialKey is not null).GroupBy(job => job.Envelope.SerialKey).FirstOrDefault(group => group.Count() > 1) is { } twice)
            return $"{twice.Count()} jobs run with the serial key {twice.Key}";
        if (running.Count(job => job.Envelope.Limits.Contains(TwoAtOnce)) is > 2 and var many)
            return $"{many} jobs run at once under a limit of two";
        return _starts.Exists(end => _starts.Count(start => start <= end && start > end - 1_000) > 2) ? "more than two jobs started within a second under a limit of two" : null;
    }

    public bool Finish(string worker, IReadOnlyList<JobOutcome> outcomes, List<bool> accepted)
    {
        List<ModelJob> released = [];
        foreach (var outcome in outcomes)
        {
            var job = Find(outcome.Job.Envelope.Id);
            var isOurs = job?.Claim is { } claim && claim.Worker == worker && claim.Job.Stamp == outcome.Job.Stamp;
            accepted.Add(isOurs);
            if (isOurs && End(job!, outcome))
                released.Add(job!);
        }

        HandBack(released);
        Follow();
        return accepted.TrueForAll(static one => one);
    }

    public static bool Report(string worker, ModelJob job, JobProgress progress)
    {
        if (job.Claim?.Worker != worker)
            return false;
        job.Progress = progress;
        return true;
    }

    /// <param name="expired">Those the store says it ended first.</param>
    /// <returns>The jobs recovered.</returns>
    public List<JobId> Reap(long silence, int quarantineAfter, IEnumerable<ModelJob> expired)
    {
        CloseExpired(expired);
        if (target.FollowsAtOnce)
            Follow();
        var since = Watch();
        foreach (var ahead in _beats.Where(beat => beat.Value > Now + silence).ToList())
            _beats[ahead.Key] = Now;
        List<JobId> recovered = [];
        var silent = Now - since < Math.Min(silence, ReapGap) ? [] : _beats.Where(beat => beat.Value < Now - silence).OrderBy(beat => (beat.Value, beat.Key)).ToList();
        foreach (var (worker, _) in silent)
        {
            recovered.AddRange(OwnedBy(worker).Select(job => job.Id));
            TakeOver(worker, crash: 1, quarantineAfter);
        }

        Follow();
        return recovered;
    }

    public void Leave(string worker)
    {
        TakeOver(worker, crash: 0, int.MaxValue);
        Follow();
    }

    void Promote()
    {
        foreach (var job in Jobs.Where(job => job.State == JobState.Scheduled && job.Due <= Now)
            .OrderBy(job => (job.Due, target.KeepsPlaces ? job.Place : 0)).ThenBy(job => job.Id.ToString(), StringComparer.Ordinal).ToList())
            (job.State, job.Place) = (JobState.Queued, ++_nextPlace);
    }

    IEnumerable<ModelJob> Waiting(Lane lane) => _paused.Contains(lane.Queue)
        ? []
        : Jobs.Where(job => job.State == JobState.Queued && !job.Parked && job.Lane == lane).OrderBy(job => job.Place);

    /// <returns>Whether the job goes back to its lane.</returns>
    bool End(ModelJob job, JobOutcome outcome)
    {
        (job.Progress, job.Result) = (outcome.Progress ?? job.Progress, outcome.Result);
        if (outcome.Kind is OutcomeKind.Retry or OutcomeKind.Released or OutcomeKind.Parked or OutcomeKind.Snoozed && job.CancelRequested)
        {
            Close(job, JobState.Cancelled, job.FailedAttempts + 1);
            return false;
        }

        switch (outcome.Kind)
        {
            case OutcomeKind.Succeeded or OutcomeKind.Failed or OutcomeKind.Cancelled:
                Close(job, outcome.Kind switch { OutcomeKind.Succeeded => JobState.Succeeded, OutcomeKind.Failed => JobState.Failed, _ => JobState.Cancelled }, job.FailedAttempts + 1);
                return false;
            case OutcomeKind.Retry or OutcomeKind.Snoozed:
                LoseClaim(job);
                (job.State, job.Due, job.Place) = (JobState.Scheduled, Now + (long)Math.Ceiling(outcome.RetryIn.TotalMilliseconds), ++_nextPlace);
                job.FailedAttempts += outcome.Kind == OutcomeKind.Retry ? 1 : 0;
                return false;
            case OutcomeKind.Parked:
                LoseClaim(job);
                (job.State, job.Parked) = (JobState.Queued, true);
                return false;
            default:
                LoseClaim(job);
                job.State = JobState.Queued;
                return true;
        }
    }

    void TakeOver(string worker, int crash, int quarantineAfter)
    {
        List<ModelJob> back = [];
        foreach (var job in OwnedBy(worker).OrderBy(job => target.KeepsPlaces ? job.Place : job.Claim!.Value.Job.Stamp).ToList())
        {
            job.Crashes += crash;
            if (job.CancelRequested || job.Crashes >= quarantineAfter)
            {
                Close(job, job.CancelRequested ? JobState.Cancelled : JobState.Quarantined, job.FailedAttempts);
                continue;
            }

            LoseClaim(job);
            job.State = JobState.Queued;
            back.Add(job);
        }

        HandBack(back);
        _beats.Remove(worker);
    }

    // To the head of their lanes, in their order among themselves; or to the places they had.
    void HandBack(List<ModelJob> jobs)
    {
        if (!target.KeepsPlaces)
            _firstPlace -= jobs.Count;
        for (var i = 0; i < jobs.Count; i++)
        {
            jobs[i].Parked = false;
            if (!target.KeepsPlaces)
                jobs[i].Place = _firstPlace + i;
        }
    }

    static void LoseClaim(ModelJob job)
    {
        if (job.Claim is { } claim)
            job.Past.Add(claim);
        job.Claim = null;
    }

    long Watch()
    {
        if (_seen is null || Now - _seen > ReapGap || Now < _since)
            _since = Now;
        _seen = Now;
        return _since;
    }
}
