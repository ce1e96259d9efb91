using System.Linq.Expressions;
using LibraryPortal.Jobs.Flows;

namespace LibraryPortal.Jobs;

/// <summary>A plan of jobs, to be handed to <see cref="IJobFlows"/>: a job, a chain of flows that follow one another, or a group of flows that run side by side.
/// Immutable; any of them may stand inside any other.</summary>
/// <remarks>Options of its jobs mean what they mean for a single job. A due time counts from the moment the flow is made, and a job is neither early nor
/// before its turn; a unique key is held from the moment the flow is accepted. No flow, member, step or arguments may be null: that is an
/// <see cref="ArgumentNullException"/>. What a job itself is refused for is said when the flow is started.</remarks>
public class Flow
{
    internal Flow(FlowStep root) => Root = root;

    internal FlowStep Root { get; }

    /// <summary>One job.</summary>
    public static Flow Job(IJobArgs args, Action<JobOptions>? options = null) => new(new JobStep(args, options));

    /// <inheritdoc cref="Job(IJobArgs, Action{JobOptions}?)"/>
    public static Flow<TResult> Job<TResult>(IJobArgs<TResult> args, Action<JobOptions>? options = null) => new(new JobStep(args, options));

    /// <summary>Flows that follow one another, each once the one before has succeeded.</summary>
    public static Flow Chain(params IEnumerable<Flow> steps) => new(new ChainStep(Roots(steps)));

    /// <summary>Flows that run side by side.</summary>
    public static Flow Group(params IEnumerable<Flow> members) => new(new GroupStep(Roots(members)));

    /// <inheritdoc cref="Group(IEnumerable{Flow})"/>
    public static FlowGroup<TResult> Group<TResult>(params IEnumerable<Flow<TResult>> members) => new(new GroupStep(Roots(members)));

    /// <summary>Jobs that run side by side.</summary>
    /// <param name="each">Options of each.</param>
    public static Flow Group(IEnumerable<IJobArgs> jobs, Action<JobOptions>? each = null) =>
        new(new GroupStep([.. jobs.Select(job => new JobStep(job, each))]));

    /// <inheritdoc cref="Group(IEnumerable{IJobArgs}, Action{JobOptions}?)"/>
    public static FlowGroup<TResult> Group<TResult>(IEnumerable<IJobArgs<TResult>> jobs, Action<JobOptions>? each = null) =>
        new(new GroupStep([.. jobs.Select(job => new JobStep(job, each))]));

    /// <summary>A group, then one job with all its results: the same as the group's <c>Then</c>.</summary>
    public static Flow<TNext> Chord<TResult, TNext>(
        FlowGroup<TResult> group, Expression<Func<IReadOnlyList<TResult>, IJobArgs<TNext>>> callback, Action<JobOptions>? options = null)
    {
        ArgumentNullException.ThrowIfNull(group);
        return group.Then(callback, options);
    }

    /// <inheritdoc cref="Chord{TResult, TNext}"/>
    public static Flow Chord<TResult>(FlowGroup<TResult> group, Expression<Func<IReadOnlyList<TResult>, IJobArgs>> callback, Action<JobOptions>? options = null)
    {
        ArgumentNullException.ThrowIfNull(group);
        return group.Then(callback, options);
    }

    /// <summary>A group, then one job that takes no results as arguments; it may read them from its context.</summary>
    public static Flow Chord(Flow group, IJobArgs callback, Action<JobOptions>? options = null)
    {
        ArgumentNullException.ThrowIfNull(group);
        return group.Then(callback, options);
    }

    /// <summary>Then a job that takes nothing from what came before; it may read it from its context.</summary>
    public Flow Then(IJobArgs next, Action<JobOptions>? options = null) => new(Root.Then(new JobStep(next, options)));

    /// <inheritdoc cref="Then(IJobArgs, Action{JobOptions}?)"/>
    public Flow<TNext> Then<TNext>(IJobArgs<TNext> next, Action<JobOptions>? options = null) => new(Root.Then(new JobStep(next, options)));

    /// <summary>Then another flow. Its first jobs may read what came before from their context.</summary>
    public Flow Then(Flow next) => new(Root.Then(RootOf(next)));

    /// <inheritdoc cref="Then(Flow)"/>
    public Flow<TNext> Then<TNext>(Flow<TNext> next) => new(Root.Then(RootOf(next)));

    /// <inheritdoc cref="Then(Flow)"/>
    public FlowGroup<TNext> Then<TNext>(FlowGroup<TNext> next) => new(Root.Then(RootOf(next)));

    static FlowStep RootOf(Flow flow)
    {
        ArgumentNullException.ThrowIfNull(flow);
        return flow.Root;
    }

    static List<FlowStep> Roots(IEnumerable<Flow> flows)
    {
        ArgumentNullException.ThrowIfNull(flows);
        return [.. flows.Select(RootOf)];
    }
}
