using System.Text.Json;
using LibraryPortal.Collection;
using LibraryPortal.Domain.Audit;
using LibraryPortal.Identity;
using LibraryPortal.Jobs;

namespace LibraryPortal.Features.JobConsole.Audited;

/// <summary>Hands over jobs by name in somebody's name, with an entry in the audit for each that was made.</summary>
/// <remarks>Whether the caller may is asked before.</remarks>
internal sealed class AuditedEnqueue(IJobClient client, SteeringRecord record)
{
    /// <param name="job">From <see cref="IJobClient.Prepare(string, JsonElement, Action{JobOptions}?)"/>.</param>
    public async Task<JobHandle> SubmitAsync(Caller caller, JobEnvelope job, CancellationToken cancellationToken = default)
    {
        var handle = (await client.SubmitAsync([job], WholeStep.Begin(cancellationToken)))[0];
        if (handle.IsNew)
            await record.WriteAsync(caller, "job.enqueued", AuditSubject.Job, job.Id.ToString(), job.Name, null, Describe(job));
        return handle;
    }

    // Arguments may tell of readers, and the audit outlives them and their accounts: whose job it is, and what it was given, is not kept longer than the job.
    static string Describe(JobEnvelope job) =>
        job.Owner is null ? AuditJson.Of(("queue", job.Queue)) : AuditJson.Of(("queue", job.Queue), ("forAnAccount", "yes"));
}
