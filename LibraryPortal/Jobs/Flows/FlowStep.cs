using System.Linq.Expressions;

namespace LibraryPortal.Jobs.Flows;

/// <summary>A part of a flow as its author wrote it.</summary>
internal abstract class FlowStep
{
    public abstract bool IsEmpty { get; }

    /// <summary>This, and then that: a chain is continued, anything else becomes one.</summary>
    public FlowStep Then(FlowStep next) => new ChainStep(this is ChainStep chain ? [.. chain.Steps, next] : [this, next]);
}

/// <summary>One job.</summary>
internal sealed class JobStep(IJobArgs args, Action<JobOptions>? options, string? into = null, bool takesMany = false) : FlowStep
{
    public IJobArgs Args { get; } = args ?? throw new ArgumentNullException(nameof(args));

    public Action<JobOptions>? Options { get; } = options;

    /// <summary>The member of the arguments that takes the results of the step before, by its name in JSON.</summary>
    public string? Into { get; } = into;

    public bool TakesMany { get; } = takesMany;

    public override bool IsEmpty => false;

    public static JobStep Taking(LambdaExpression next, Action<JobOptions>? options, bool takesMany)
    {
        var (args, into) = ResultTaker.Read(next);
        return new JobStep(args, options, into, takesMany);
    }
}

/// <summary>Steps that follow one another.</summary>
internal sealed class ChainStep(IReadOnlyList<FlowStep> steps) : FlowStep
{
    public IReadOnlyList<FlowStep> Steps { get; } = steps;

    public override bool IsEmpty { get; } = steps.All(static step => step.IsEmpty);
}

/// <summary>Members that run side by side.</summary>
internal sealed class GroupStep(IReadOnlyList<FlowStep> members) : FlowStep
{
    public IReadOnlyList<FlowStep> Members { get; } = members;

    public override bool IsEmpty { get; } = members.All(static member => member.IsEmpty);
}
