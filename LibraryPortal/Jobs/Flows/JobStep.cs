using System.Linq.Expressions;

namespace LibraryPortal.Jobs.Flows;

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
