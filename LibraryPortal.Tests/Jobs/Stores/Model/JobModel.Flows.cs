using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Inspection;
using LibraryPortal.Jobs.Stores;

namespace LibraryPortal.Tests.Jobs.Stores.Model;

/// <summary>Rows 13 to 16 of the state table for flows: gates, what an end means for the others, cancel and replay of the whole.</summary>
internal sealed partial class JobModel
{
    readonly Dictionary<FlowId, ModelFlow> _flows = [];
    readonly Queue<ModelJob> _ended = [];
    bool _isFollowing;

    public IReadOnlyCollection<ModelFlow> Flows => _flows.Values;

    public ModelFlow? FindFlow(FlowId id) => _flows.GetValueOrDefault(id);

    public FlowReceipt Accept(FlowPlan plan, FlowSpec tree)
    {
        if (FindFlow(plan.Id) is not null)
            return new FlowReceipt(FlowAcceptance.Existing);
        foreach (var job in plan.Jobs)
        {
            if ((Find(job.Id) ?? (job.UniqueKey is { } key ? Holder(key) : null)) is { } inTheWay)
                return new FlowReceipt(FlowAcceptance.Refused, inTheWay.Id);
        }

        var flow = new ModelFlow(plan, tree);
        _flows.Add(flow.Id, flow);
        foreach (var job in flow.Jobs)
            _jobs.Add(job.Id, job);
        LetGo(flow.Behind(FlowPlace.Start));
        return new FlowReceipt(FlowAcceptance.Accepted);
    }

    public CancelReply CancelFlow(FlowId id)
    {
        if (FindFlow(id) is not { } flow)
            return CancelReply.Unknown;
        if (flow.IsOver)
            return CancelReply.AlreadyFinal;
        Stop(flow, FlowState.Cancelled);
        Follow();
        return flow.IsOver ? CancelReply.Cancelled : CancelReply.Requested;
    }

    public RetryReply RetryFlow(FlowId id)
    {
        if (FindFlow(id) is not { } flow)
            return RetryReply.Unknown;
        if (!flow.IsOver || flow.Count(JobState.Succeeded) == flow.Jobs.Count)
            return RetryReply.NotRetryable;
        TakeUp(flow);
        return RetryReply.Queued;
    }

    RetryReply RetryInFlow(ModelFlow flow, ModelJob job)
    {
        if (flow.Stopped is null)
            return Revive(job) ? RetryReply.Queued : RetryReply.NotRetryable;
        if (!flow.IsOver || IsTaken(job))
            return RetryReply.NotRetryable;
        TakeUp(flow);
        return RetryReply.Queued;
    }

    // All that did not succeed begins anew. What cannot has ended just now, and means for the others what its policy says.
    void TakeUp(ModelFlow flow)
    {
        flow.Stopped = null;
        var left = flow.Jobs.Where(job => !Revive(job)).ToList();
        if (left.Count > 0 && !flow.GoesOn)
            Stop(flow, FlowState.Failed);
        foreach (var job in left.Where(job => flow.GoesOn && IsItsTurn(flow, job)))
            job.IsCounted = true;
        for (var gate = FlowPlace.End; gate < flow.Gates.Length; gate++)
            PassIfOver(flow, gate);
        Follow();
    }

    /// <returns>False when it cannot begin anew: its record is gone, its unique key is taken, or none before it succeeded.</returns>
    bool Revive(ModelJob job)
    {
        if (job.IsLive || job.State == JobState.Succeeded)
            return true;
        var (flow, place) = (job.Flow!, job.Envelope.Flow!);
        if (Find(job.Id) is null || IsTaken(job) || flow.Gates[place.After] == ModelFlow.Gate.Broken)
            return false;
        BeginAnew(job, flow.Gates[place.After] == ModelFlow.Gate.Open ? JobState.Queued : JobState.Waiting);
        var wasCounted = job.IsCounted;
        job.IsCounted = false;
        if (!wasCounted || flow.Gates[place.Before] != ModelFlow.Gate.Broken)
            return true;
        flow.Gates[place.Before] = ModelFlow.Gate.Shut;
        foreach (var behind in flow.Behind(place.Before).Where(behind => behind.State == JobState.Cancelled))
            Revive(behind);
        return true;
    }

    // A store sees to what follows from an end at once, or when it has ended all it was told of in one call.
    void Ended(ModelJob job)
    {
        job.HasEnded = true;
        if (job.Flow is null)
            return;
        _ended.Enqueue(job);
        if (target.FollowsAtOnce)
            Follow();
    }

    void Follow()
    {
        if (_isFollowing)
            return;
        _isFollowing = true;
        while (_ended.TryDequeue(out var job))
            Advance(job.Flow!, job);
        _isFollowing = false;
    }

    void Advance(ModelFlow flow, ModelJob job)
    {
        if (job.State == JobState.Succeeded || (flow.GoesOn && flow.Stopped is null && IsItsTurn(flow, job)))
        {
            job.IsCounted = true;
            PassIfOver(flow, job.Envelope.Flow!.Before);
        }
        else if (!flow.GoesOn && flow.Stopped is null)
        {
            Stop(flow, job.State == JobState.Cancelled ? FlowState.Cancelled : FlowState.Failed);
        }
    }

    void PassIfOver(ModelFlow flow, int gate)
    {
        if (flow.Stopped is not null || flow.Gates[gate] != ModelFlow.Gate.Shut || flow.Waited(gate).Any(job => !job.IsCounted))
            return;
        var isOpen = flow.Waited(gate).Any(job => job.State == JobState.Succeeded);
        flow.Gates[gate] = isOpen ? ModelFlow.Gate.Open : ModelFlow.Gate.Broken;
        foreach (var job in flow.Behind(gate).ToList())
        {
            if (!job.IsLive && !job.IsCounted)
                CountEarly(flow, job);
            else if (job.State == JobState.Waiting && isOpen)
                LetGo([job]);
            else if (job.State == JobState.Waiting)
                CancelLive(job);
        }
    }

    // One that ended before its turn, which has come now.
    void CountEarly(ModelFlow flow, ModelJob job)
    {
        job.IsCounted = true;
        PassIfOver(flow, job.Envelope.Flow!.Before);
    }

    static bool IsItsTurn(ModelFlow flow, ModelJob job) => flow.Gates[job.Envelope.Flow!.After] != ModelFlow.Gate.Shut;

    void LetGo(IEnumerable<ModelJob> jobs)
    {
        foreach (var job in jobs)
            (job.State, job.Place) = (job.Due > Now ? JobState.Scheduled : JobState.Queued, ++_nextPlace);
    }

    void Stop(ModelFlow flow, FlowState why)
    {
        flow.Stopped = why;
        foreach (var job in flow.Jobs.Where(job => job.IsLive).ToList())
            CancelLive(job);
    }
}
