using LibraryPortal.Domain.Audit;
using LibraryPortal.Identity;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Inspection;

namespace LibraryPortal.Features.JobConsole.Audited;

/// <summary>Steers flows in somebody's name, with an entry in the audit for what changed another's flow.</summary>
/// <remarks>Whether the caller may is asked before.</remarks>
internal sealed class AuditedFlows(IJobInspector inspector, SteeringRecord record)
{
    public async Task<CancelReply> CancelAsync(Caller caller, FlowId id, CancellationToken cancellationToken = default)
    {
        var flow = (await inspector.FindFlowAsync(id, cancellationToken))?.Flow;
        var reply = await inspector.CancelFlowAsync(id, WholeStep.Begin(cancellationToken));
        if (reply is CancelReply.Cancelled or CancelReply.Requested)
            await WriteAsync(caller, "flow.cancelled", id, flow);
        return reply;
    }

    public async Task<RetryReply> RetryAsync(Caller caller, FlowId id, CancellationToken cancellationToken = default)
    {
        var flow = (await inspector.FindFlowAsync(id, cancellationToken))?.Flow;
        var reply = await inspector.RetryFlowAsync(id, WholeStep.Begin(cancellationToken));
        if (reply == RetryReply.Queued)
            await WriteAsync(caller, "flow.retried", id, flow);
        return reply;
    }

    async Task WriteAsync(Caller caller, string action, FlowId id, FlowRecord? flow)
    {
        if (flow?.Owner != caller.UserId)
            await record.WriteAsync(caller, action, AuditSubject.Flow, id.ToString(), flow?.Name ?? id.ToString());
    }
}
