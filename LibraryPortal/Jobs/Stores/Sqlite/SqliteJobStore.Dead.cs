using LibraryPortal.Jobs.Inspection;

namespace LibraryPortal.Jobs.Stores.Sqlite;

/// <summary>Jobs that ended without success.</summary>
internal sealed partial class SqliteJobStore
{
    public Task<RetryReply> RetryEditedAsync(JobEnvelope edited, DateTimeOffset endedAt, CancellationToken cancellationToken)
    {
        var envelope = EnvelopeCodec.Write(edited);
        return WriteAsync(session => SweepDead.RunEdited(session, edited, envelope, endedAt), cancellationToken);
    }

    public Task<DiscardReply> DiscardAsync(JobId id, CancellationToken cancellationToken) =>
        WriteAsync(session => SweepDead.RunDiscard(session, id), cancellationToken);

    public Task<DeadSweepReply> SweepDeadAsync(DeadSweep sweep, CancellationToken cancellationToken) =>
        WriteAsync(session => SweepDead.Run(session, sweep), cancellationToken);
}
