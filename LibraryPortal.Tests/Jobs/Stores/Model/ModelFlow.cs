using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Inspection;
using LibraryPortal.Jobs.Stores;

namespace LibraryPortal.Tests.Jobs.Stores.Model;

/// <summary>One flow as the model has it. It counts nothing: what a store keeps counters for follows from its jobs.</summary>
internal sealed class ModelFlow
{
    readonly FlowPlan _plan;
    readonly IReadOnlyList<int[]> _before;

    public ModelFlow(FlowPlan plan, FlowSpec tree)
    {
        (_plan, _before) = (plan, tree.Before());
        Jobs = [.. plan.Jobs.Select(job => new ModelJob(job) { Flow = this, State = JobState.Waiting, Due = job.DueAt?.ToUnixTimeMilliseconds() ?? 0 })];
        Gates = new Gate[plan.Gates.Count];
        Gates[FlowPlace.Start] = Gate.Open;
    }

    public FlowId Id => _plan.Id;

    /// <summary>By their numbers; also those whose records are gone.</summary>
    public IReadOnlyList<ModelJob> Jobs { get; }

    public Gate[] Gates { get; }

    /// <summary>Why no gate opens any more; null while they do.</summary>
    public FlowState? Stopped { get; set; }

    public bool GoesOn => _plan.OnFailure == FlowFailure.GoOn;

    /// <summary>Whether all its jobs have ended.</summary>
    public bool IsOver => !Jobs.Any(job => job.IsLive);

    public FlowState State => (IsOver, Stopped) switch
    {
        (false, null) => FlowState.Running,
        (false, _) => FlowState.Stopping,
        (true, { } why) => why,
        _ => Jobs.Count == 0 || Waited(FlowPlace.End).Any(job => job.State == JobState.Succeeded) ? FlowState.Succeeded : FlowState.Failed,
    };

    /// <summary>The jobs a gate waits for.</summary>
    public IEnumerable<ModelJob> Waited(int gate) => Jobs.Where(job => job.Envelope.Flow!.Before == gate);

    /// <summary>The jobs that wait at a gate.</summary>
    public IEnumerable<ModelJob> Behind(int gate) => Jobs.Where(job => job.Envelope.Flow!.After == gate);

    /// <summary>Whether all that stands before it in the tree has ended once at least. Said without the plan and its gates, which may be wrong too.</summary>
    public bool IsItsTurn(ModelJob job) => _before[_plan.Jobs.ToList().FindIndex(one => one.Id == job.Id)].All(number => Jobs[number].HasEnded);

    /// <summary>What those behind a gate may read.</summary>
    public IEnumerable<FlowResult> Results(int gate) => _plan.Gates[gate].Results.Select(number => Jobs[number])
        .Select(job => new FlowResult(job.Id, job.IsLive ? JobState.Waiting : job.State, job.State == JobState.Succeeded ? job.Result : null));

    public int Count(params JobState[] states) => Jobs.Count(job => states.Contains(job.State));

    public enum Gate
    {
        Shut,
        Open,

        /// <summary>None before it succeeded: what lies behind it was cancelled.</summary>
        Broken,
    }
}
