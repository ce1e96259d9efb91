using System.Text.Json;
using LibraryPortal.Jobs;

namespace LibraryPortal.Data.Outbox;

/// <summary>Enqueues and cancels jobs as part of a database transaction.</summary>
public static class OutboxExtensions
{
    /// <summary>Adds a prepared job to the context; it is handed to the engine once the context is saved. Wake the relay with <see cref="OutboxSignal"/>.</summary>
    public static JobId EnqueueOnSave(this PortalDbContext database, JobEnvelope envelope)
    {
        database.Outbox.Add(new OutboxMessage
        {
            Kind = OutboxKind.Enqueue,
            JobId = envelope.Id,
            Envelope = JsonSerializer.Serialize(envelope, JobJson.Options),
            CreatedAt = envelope.EnqueuedAt,
        });
        return envelope.Id;
    }

    /// <summary>Adds a request to cancel to the context; it is handed to the engine once the context is saved.</summary>
    public static void CancelOnSave(this PortalDbContext database, JobId id, DateTimeOffset now) =>
        database.Outbox.Add(new OutboxMessage { Kind = OutboxKind.Cancel, JobId = id, CreatedAt = now });
}
