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
        var handle = (await client.SubmitAsync([job], cancellationToken))[0];
        // Arguments may tell of readers, and the audit outlives them: the job has their values.
        if (handle.IsNew)
            await record.WriteAsync(caller, "job.enqueued", AuditSubject.Job, job.Id.ToString(), job.Name, null, AuditJson.Of(("owner", job.Owner), ("queue", job.Queue)));
        return handle;
    }
}
