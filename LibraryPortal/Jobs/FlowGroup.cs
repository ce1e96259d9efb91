using System.Linq.Expressions;
using LibraryPortal.Jobs.Flows;

namespace LibraryPortal.Jobs;

/// <summary>A flow that comes to many results: those of the last jobs of its members, in the order they were written.</summary>
public sealed class FlowGroup<TResult> : Flow
{
    internal FlowGroup(FlowStep root) : base(root)
    {
    }

    /// <summary>Then a job that takes all results as an argument: <c>.Then(titles => new MakeReport(titles))</c>. With results too large to be one job's
    /// arguments that job fails and says so: let it read <see cref="JobContext.ParentResultsAsync(CancellationToken)"/> instead.</summary>
    /// <param name="next">Makes the arguments. The results may only be handed whole to one parameter or member; they are filled in when the job starts.</param>
    /// <exception cref="ArgumentException">The expression does something else with the results.</exception>
    public Flow Then(Expression<Func<IReadOnlyList<TResult>, IJobArgs>> next, Action<JobOptions>? options = null) =>
        new(Root.Then(JobStep.Taking(next, options, takesMany: true)));

    /// <inheritdoc cref="Then(Expression{Func{IReadOnlyList{TResult}, IJobArgs}}, Action{JobOptions}?)"/>
    public Flow<TNext> Then<TNext>(Expression<Func<IReadOnlyList<TResult>, IJobArgs<TNext>>> next, Action<JobOptions>? options = null) =>
        new(Root.Then(JobStep.Taking(next, options, takesMany: true)));
}
