using LibraryPortal.Features.Import.Running;
using LibraryPortal.Jobs;

namespace LibraryPortal.Features.Import;

/// <summary>Check, import or undo this file.</summary>
internal sealed record RunImport(int ImportId, ImportStep Step) : IJobArgs;

/// <summary>Does one step of an import. Killed at any moment and run again, it goes on with the first row that was not saved.</summary>
[Job(JobName, Queue = "imports", MaxAttempts = 5)]
internal sealed class RunImportJob(RunStep step) : IJobHandler<RunImport>
{
    public const string JobName = "imports.run";

    public Task RunAsync(RunImport args, JobContext job) => step.RunAsync(args.ImportId, args.Step, job);
}
