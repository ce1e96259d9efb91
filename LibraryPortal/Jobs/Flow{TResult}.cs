using System.Linq.Expressions;
using LibraryPortal.Jobs.Flows;

namespace LibraryPortal.Jobs;

/// <summary>A flow that comes to one result: that of its last job.</summary>
public sealed class Flow<TResult> : Flow
{
    internal Flow(FlowStep root) : base(root)
    {
    }

    /// <summary>Then a job that takes the result as an argument: <c>.Then(title => new IndexTitle(title))</c>.</summary>
    /// <param name="next">Makes the arguments. The result may only be handed whole to one parameter or member; it is filled in when the job starts.</param>
    /// <exception cref="ArgumentException">The expression does something else with the result.</exception>
    public Flow Then(Expression<Func<TResult, IJobArgs>> next, Action<JobOptions>? options = null) =>
        new(Root.Then(JobStep.Taking(next, options, takesMany: false)));

    /// <inheritdoc cref="Then(Expression{Func{TResult, IJobArgs}}, Action{JobOptions}?)"/>
    public Flow<TNext> Then<TNext>(Expression<Func<TResult, IJobArgs<TNext>>> next, Action<JobOptions>? options = null) =>
        new(Root.Then(JobStep.Taking(next, options, takesMany: false)));
}
