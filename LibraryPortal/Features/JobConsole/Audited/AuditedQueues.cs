using LibraryPortal.Domain.Audit;
using LibraryPortal.Identity;
using LibraryPortal.Jobs.Inspection;

namespace LibraryPortal.Features.JobConsole.Audited;

/// <summary>Pauses and resumes queues in somebody's name, with an entry in the audit.</summary>
/// <remarks>Whether the caller may is asked before.</remarks>
internal sealed class AuditedQueues(IJobInspector inspector, SteeringRecord record)
{
    /// <inheritdoc cref="IJobInspector.PauseQueueAsync"/>
    public async Task<bool> PauseAsync(Caller caller, string queue, CancellationToken cancellationToken = default) =>
        await TellAsync(caller, "queue.paused", queue, await inspector.PauseQueueAsync(queue, WholeStep.Begin(cancellationToken)));

    /// <inheritdoc cref="IJobInspector.ResumeQueueAsync"/>
    public async Task<bool> ResumeAsync(Caller caller, string queue, CancellationToken cancellationToken = default) =>
        await TellAsync(caller, "queue.resumed", queue, await inspector.ResumeQueueAsync(queue, WholeStep.Begin(cancellationToken)));

    async Task<bool> TellAsync(Caller caller, string action, string queue, bool changed)
    {
        if (changed)
            await record.WriteAsync(caller, action, AuditSubject.Queue, queue, queue);
        return changed;
    }
}
