namespace LibraryPortal.Jobs.Diagnostics;

/// <summary>Arguments of a job that fails.</summary>
/// <param name="Message">What its error says.</param>
/// <param name="ForGood">True fails at once; false fails each attempt.</param>
public sealed record Fail(string Message = "This job fails, as it was asked to.", bool ForGood = false) : IJobArgs;

/// <summary>Fails: shows retries, the dead letter and replay.</summary>
[Job("diagnostics.fail", Queue = "diagnostics", MaxAttempts = 3, BackoffSeconds = 1, ResultTtlSeconds = 3_600, OnRequestOnly = true)]
internal sealed class FailJob : IJobHandler<Fail>
{
    public Task RunAsync(Fail args, JobContext job) => throw (args.ForGood ? new JobFailedException(args.Message) : new InvalidOperationException(args.Message));
}
