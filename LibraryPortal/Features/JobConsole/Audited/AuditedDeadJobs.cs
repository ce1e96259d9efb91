using System.Globalization;
using LibraryPortal.Collection;
using LibraryPortal.Domain.Audit;
using LibraryPortal.Identity;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Inspection;

namespace LibraryPortal.Features.JobConsole.Audited;

/// <summary>Steers many jobs at once in somebody's name, with one entry in the audit for all of them.</summary>
/// <remarks>Whether the caller may is asked before.</remarks>
internal sealed class AuditedDeadJobs(IJobInspector inspector, SteeringRecord record)
{
    /// <inheritdoc cref="IJobInspector.RetryManyAsync"/>
    public Task<DeadReply> RetryAsync(Caller caller, DeadFilter filter, double? perSecond = null, CancellationToken cancellationToken = default) =>
        SweepAsync(caller, "jobs.retried", filter, perSecond, done => inspector.RetryManyAsync(filter, perSecond, done, cancellationToken));

    /// <inheritdoc cref="IJobInspector.DiscardManyAsync"/>
    public Task<DeadReply> DiscardAsync(Caller caller, DeadFilter filter, CancellationToken cancellationToken = default) =>
        SweepAsync(caller, "jobs.discarded", filter, perSecond: null, done => inspector.DiscardManyAsync(filter, done, cancellationToken));

    public Task<DeadReply> RetryAsync(Caller caller, IReadOnlyCollection<JobId> ids, CancellationToken cancellationToken = default) =>
        EachAsync(caller, "jobs.retried", ids, async id => await inspector.RetryAsync(id, WholeStep.Begin(cancellationToken)) == RetryReply.Queued);

    public Task<DeadReply> DiscardAsync(Caller caller, IReadOnlyCollection<JobId> ids, CancellationToken cancellationToken = default) =>
        EachAsync(caller, "jobs.discarded", ids, async id => await inspector.DiscardAsync(id, WholeStep.Begin(cancellationToken)) == DiscardReply.Discarded);

    public Task<DeadReply> CancelAsync(Caller caller, IReadOnlyCollection<JobId> ids, CancellationToken cancellationToken = default) =>
        EachAsync(caller, "jobs.cancelled", ids, async id => await inspector.CancelAsync(id, WholeStep.Begin(cancellationToken)) is CancelReply.Cancelled or CancelReply.Requested);

    async Task<DeadReply> SweepAsync(Caller caller, string action, DeadFilter filter, double? perSecond, Func<IProgress<DeadReply>, Task<DeadReply>> sweep)
    {
        var done = new LastReport<DeadReply>();
        DeadReply reply;
        try
        {
            reply = await sweep(done);
        }
        // What is asked for wrongly is not begun; whatever else ends it, the batches before are done for good.
        catch (Exception error) when (error is not ArgumentException)
        {
            var part = done.Value ?? new DeadReply(0, 0, 0);
            await record.WriteAsync(caller, $"{action}-in-part", AuditSubject.Job, "*", ManyJobsSentence.Jobs(part.Changed), null, Describe(filter, perSecond, part));
            throw;
        }

        if (reply.Changed > 0)
            await record.WriteAsync(caller, action, AuditSubject.Job, "*", ManyJobsSentence.Jobs(reply.Changed), null, Describe(filter, perSecond, reply));
        return reply;
    }

    async Task<DeadReply> EachAsync(Caller caller, string action, IReadOnlyCollection<JobId> ids, Func<JobId, Task<bool>> act)
    {
        var asked = 0;
        List<JobId> changed = [];
        try
        {
            foreach (var id in ids)
            {
                if (await act(id))
                    changed.Add(id);
                asked++;
            }
        }
        finally
        {
            if (changed.Count > 0)
                await record.WriteAsync(caller, action, AuditSubject.Job, "*", ManyJobsSentence.Jobs(changed.Count), null, AuditJson.Of(("ids", string.Join(", ", changed))));
        }

        return new DeadReply(asked, changed.Count, asked - changed.Count);
    }

    // Whose jobs they were, and what their errors said, is not kept longer than the jobs.
    static string Describe(DeadFilter filter, double? perSecond, DeadReply reply)
    {
        (string Name, string? Value)[] parts =
        [
            ("endedAs", string.Join(", ", filter.States)), ("job", filter.Name), ("queue", filter.Queue), ("ofOneOwner", filter.Owner is null ? null : "yes"), ("byError", filter.Error is null ? null : "yes"),
            ("endedFrom", Time(filter.From)), ("endedBefore", Time(filter.To)), ("perSecond", perSecond?.ToString(CultureInfo.InvariantCulture)),
            ("matched", reply.Matched.ToString(CultureInfo.InvariantCulture)), ("changed", reply.Changed.ToString(CultureInfo.InvariantCulture)),
            ("refused", reply.Refused.ToString(CultureInfo.InvariantCulture)),
        ];
        return AuditJson.Of(Array.FindAll(parts, static part => part.Value is not null));
    }

    static string? Time(DateTimeOffset? moment) => moment?.ToString("O", CultureInfo.InvariantCulture);
}
