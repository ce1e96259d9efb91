using System.Text.Json;
using LibraryPortal.Data;
using LibraryPortal.Data.Outbox;
using LibraryPortal.Domain;
using LibraryPortal.Identity;
using LibraryPortal.Jobs;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.JobConsole;

/// <param name="IsInOutbox">Not handed over to the engine yet: it waits for the store.</param>
internal sealed record FoundJob(JobRecord Job, bool IsInOutbox);

/// <summary>Looks a job up for who may see it (its owner, admins, and librarians when it makes somebody's report), wherever it is: in the outbox or in the engine.</summary>
internal sealed class FindJob(IDbContextFactory<PortalDbContext> databases, IJobClient jobs)
{
    static readonly Refusal NotFound = new(RefusalKind.NotFound, "There is no such job, or its record is no longer kept.", "job-unknown");

    /// <exception cref="JobStoreUnavailableException">It is not in the outbox, and the engine cannot be asked.</exception>
    public async Task<Outcome<FoundJob>> RunAsync(Caller caller, JobId id, CancellationToken cancellationToken = default)
    {
        // The outbox first: a job leaves it only after the engine has it, so it cannot slip through between the two looks.
        var found = await FindInOutboxAsync(id, cancellationToken);
        if (found is null && await jobs.FindAsync(id, cancellationToken) is { } job)
            found = new FoundJob(job, IsInOutbox: false);
        return found is not null && MaySee(caller, found.Job.Envelope) ? found : NotFound;
    }

    // Results and errors of other jobs, mails for instance, are no business of the desk.
    static bool MaySee(Caller caller, JobEnvelope job) =>
        caller.IsAdmin || (job.Owner is { } owner && (owner == caller.UserId || (caller.IsLibrarian && job.Name.StartsWith("reports.", StringComparison.Ordinal))));

    async Task<FoundJob?> FindInOutboxAsync(JobId id, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var message = await database.Outbox.AsNoTracking().FirstOrDefaultAsync(row => row.JobId == id && row.Kind == OutboxKind.Enqueue, cancellationToken);
        if (message is null || Read(message.Envelope) is not { } envelope)
            return null;
        return new FoundJob(
            new JobRecord
            {
                Envelope = envelope,
                State = message.RefusedAt is null ? JobState.Queued : JobState.Failed,
                FinishedAt = message.RefusedAt,
                Error = message.Error,
                HeldBack = message.RefusedAt is null ? "It is accepted and waits to be handed to the queue." : null,
            },
            IsInOutbox: true);
    }

    static JobEnvelope? Read(string? json)
    {
        try
        {
            return json is null ? null : JsonSerializer.Deserialize<JobEnvelope>(json, JobJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
