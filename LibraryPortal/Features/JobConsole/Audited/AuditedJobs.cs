using System.Text.Json;
using LibraryPortal.Collection;
using LibraryPortal.Domain.Audit;
using LibraryPortal.Identity;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Inspection;

namespace LibraryPortal.Features.JobConsole.Audited;

/// <summary>Steers single jobs in somebody's name, with an entry in the audit for each step that changed another's job.</summary>
/// <remarks>Whether the caller may is asked before.</remarks>
internal sealed class AuditedJobs(IJobInspector inspector, SteeringRecord record)
{
    public async Task<CancelReply> CancelAsync(Caller caller, JobId id, CancellationToken cancellationToken = default)
    {
        var job = await inspector.FindAsync(id, cancellationToken);
        var reply = await inspector.CancelAsync(id, WholeStep.Begin(cancellationToken));
        if (reply is CancelReply.Cancelled or CancelReply.Requested)
            await WriteAsync(caller, "job.cancelled", id, job);
        return reply;
    }

    public async Task<RetryReply> RetryAsync(Caller caller, JobId id, CancellationToken cancellationToken = default)
    {
        var job = await inspector.FindAsync(id, cancellationToken);
        var reply = await inspector.RetryAsync(id, WholeStep.Begin(cancellationToken));
        if (reply == RetryReply.Queued)
            await WriteAsync(caller, "job.retried", id, job);
        return reply;
    }

    /// <inheritdoc cref="IJobInspector.RetryAsync(JobId, JsonElement, CancellationToken)"/>
    public async Task<RetryReply> RetryAsync(Caller caller, JobId id, JsonElement args, CancellationToken cancellationToken = default)
    {
        var job = await inspector.FindAsync(id, cancellationToken);
        var reply = await inspector.RetryAsync(id, args, WholeStep.Begin(cancellationToken));
        // Arguments may tell of readers, and the audit outlives them: it names what was changed, and the job has the values.
        if (reply == RetryReply.Queued)
            await WriteAsync(caller, "job.edited", id, job, AuditJson.Of(("arguments", string.Join(", ", Changed(job?.Envelope.Args, args)))));
        return reply;
    }

    public async Task<DiscardReply> DiscardAsync(Caller caller, JobId id, CancellationToken cancellationToken = default)
    {
        var job = await inspector.FindAsync(id, cancellationToken);
        var reply = await inspector.DiscardAsync(id, WholeStep.Begin(cancellationToken));
        if (reply == DiscardReply.Discarded)
            await WriteAsync(caller, "job.discarded", id, job);
        return reply;
    }

    async Task WriteAsync(Caller caller, string action, JobId id, JobRecord? job, string? after = null)
    {
        if (job?.Envelope.Owner != caller.UserId)
            await record.WriteAsync(caller, action, AuditSubject.Job, id.ToString(), job?.Envelope.Name ?? id.ToString(), null, after);
    }

    static IEnumerable<string> Changed(JsonElement? before, JsonElement after)
    {
        var old = before is { ValueKind: JsonValueKind.Object } known ? known : default(JsonElement?);
        var names = after.EnumerateObject().Select(static one => one.Name).Union(old?.EnumerateObject().Select(static one => one.Name) ?? [], StringComparer.Ordinal);
        return names.Where(name => Value(old, name) is not { } one || Value(after, name) is not { } other || !JsonElement.DeepEquals(one, other));
    }

    static JsonElement? Value(JsonElement? json, string name) => json?.TryGetProperty(name, out var value) is true ? value : null;
}
