using System.Text.Json;
using LibraryPortal.Jobs;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Data.Outbox;

/// <summary>
/// Hands what the outbox holds over to the job engine, in the order it was written, then deletes it. Started by the host in every role, woken by
/// <see cref="OutboxSignal"/> and once a second; stops with the host.
/// </summary>
/// <remarks>
/// Several processes may relay the same message, and one that is killed between handing over and deleting leaves it to be handed over again:
/// the engine accepts a repeated id as the job it already has, for as long as its store keeps the job's record. One that succeeded and was forgotten meanwhile
/// (minutes, where there is a history) runs again, as any job may. A message leaves the outbox only after the engine has it, so nothing is lost in between.
/// </remarks>
internal sealed partial class OutboxRelay(
    IDbContextFactory<PortalDbContext> databases,
    IJobClient jobs,
    IJobStoreStatus status,
    OutboxSignal signal,
    TimeProvider time,
    ILogger<OutboxRelay> log) : BackgroundService
{
    const int BatchSize = 256;
    const int LongestError = 2_000;
    static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(1);
    static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(15);

    TimeSpan _rest;
    DateTimeOffset _restUntil;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        status.Changed += signal.Notify;
        await using var sweep = time.CreateTimer(_ => signal.Notify(), null, SweepInterval, SweepInterval);
        try
        {
            signal.Notify();
            while (!stoppingToken.IsCancellationRequested)
            {
                await signal.WaitAsync(stoppingToken);
                await TryRunOnceAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
        finally
        {
            status.Changed -= signal.Notify;
        }
    }

    /// <summary>Runs once unless it rests after a failure. The rest ends early when the store says that it answers again.</summary>
    internal async Task TryRunOnceAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (now < _restUntil && status.Outage is not null)
            return;
        try
        {
            await RunOnceAsync(cancellationToken);
            if (_rest > TimeSpan.Zero)
                LogRecovered(log);
            _rest = TimeSpan.Zero;
            _restUntil = default;
        }
        catch (JobStoreUnavailableException error)
        {
            if (_rest == TimeSpan.Zero)
                LogStoreUnavailable(log, error.Message);
            Rest();
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            if (_rest == TimeSpan.Zero)
                LogFailed(log, error);
            Rest();
        }

        void Rest()
        {
            _rest = TimeSpan.FromTicks(Math.Clamp(_rest.Ticks * 2, SweepInterval.Ticks, LongestRest.Ticks));
            _restUntil = now + _rest;
        }
    }

    /// <summary>Hands over everything that waits. What the engine neither takes nor refuses holds up only messages about the same job: it stays for the next
    /// time, and its error is thrown once the others are through. For want of room all that is still to be enqueued stays, and cancels of what the store has go through.</summary>
    /// <returns>How many messages left the queue, the refused ones included.</returns>
    internal async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        var total = 0;
        var last = 0L;
        var held = new HeldMessages();
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        while (true)
        {
            var batch = await Waiting(database, held.Full is not null)
                .Where(message => message.Id > last)
                .OrderBy(message => message.Id)
                .Take(BatchSize)
                .ToListAsync(cancellationToken);
            if (batch.Count == 0)
                break;
            foreach (var run in RunsOfOneKind(batch))
            {
                if (run[0].Kind == OutboxKind.Enqueue)
                    await EnqueueAsync(database, run, held, cancellationToken);
                else
                    await CancelAsync(database, run, held, cancellationToken);
            }

            total += batch.Count;
            last = batch[^1].Id;
        }

        held.ThrowFirst();
        return total;
    }

    // A full store takes cancels, which make room: of what it has, not of what is still to be handed over.
    static IQueryable<OutboxMessage> Waiting(PortalDbContext database, bool isFull)
    {
        var waiting = database.Outbox.AsNoTracking().Where(message => message.RefusedAt == null);
        return isFull
            ? waiting.Where(message => message.Kind == OutboxKind.Cancel && !waiting.Any(job => job.JobId == message.JobId && job.Kind == OutboxKind.Enqueue))
            : waiting;
    }

    // A job may be enqueued and cancelled in one batch, so the order between the kinds holds too.
    static IEnumerable<List<OutboxMessage>> RunsOfOneKind(List<OutboxMessage> messages)
    {
        for (int start = 0, end; start < messages.Count; start = end)
        {
            end = start + 1;
            while (end < messages.Count && messages[end].Kind == messages[start].Kind)
                end++;
            yield return messages[start..end];
        }
    }

    async Task EnqueueAsync(PortalDbContext database, List<OutboxMessage> messages, HeldMessages held, CancellationToken cancellationToken)
    {
        if (held.Full is { } full)
        {
            held.Add(messages, full);
            return;
        }

        try
        {
            await jobs.SubmitAsync(messages.ConvertAll(Read), cancellationToken);
        }
        catch (JobStoreUnavailableException error)
        {
            // What it took before is its own: to be cancelled there, and handed over again only to run twice once its record is gone.
            var taken = error is EnqueueInterruptedException { Accepted: var accepted } ? accepted.Select(job => job.Id).ToHashSet() : [];
            await DeleteAsync(database, messages.FindAll(message => taken.Contains(message.JobId)), cancellationToken);
            if (!HeldMessages.IsFull(error))
                throw;
            held.Add(messages.FindAll(message => !taken.Contains(message.JobId)), error);
            return;
        }
        catch (Exception error) when (IsOfTheMessage(error))
        {
            // One of many is at fault: find it, and let the others through.
            if (messages.Count > 1)
            {
                foreach (var message in messages)
                    await EnqueueAsync(database, [message], held, cancellationToken);
            }
            else if (error is ArgumentException or JsonException)
            {
                await SetAsideAsync(database, messages[0], error, cancellationToken);
            }
            else
            {
                held.Add(messages, error);
            }

            return;
        }

        await DeleteAsync(database, messages, cancellationToken);
    }

    // While the store is away, or this process stops, every other message would meet the same.
    static bool IsOfTheMessage(Exception error) => error is not (JobStoreUnavailableException or OperationCanceledException);

    static JobEnvelope Read(OutboxMessage message) =>
        JsonSerializer.Deserialize<JobEnvelope>(message.Envelope ?? "null", JobJson.Options) ?? throw new JsonException("The message holds no job.");

    async Task CancelAsync(PortalDbContext database, List<OutboxMessage> messages, HeldMessages held, CancellationToken cancellationToken)
    {
        var done = new List<OutboxMessage>();
        // A job that is held back is not the engine's yet: cancelled now, it would run later all the same.
        foreach (var message in messages.Where(message => !held.Contains(message.JobId)))
        {
            try
            {
                await jobs.CancelAsync(message.JobId, cancellationToken);
                done.Add(message);
            }
            catch (Exception error) when (IsOfTheMessage(error))
            {
                held.Add([message], error);
            }
        }

        await DeleteAsync(database, done, cancellationToken);
    }

    static Task<int> DeleteAsync(PortalDbContext database, List<OutboxMessage> messages, CancellationToken cancellationToken)
    {
        var ids = messages.ConvertAll(message => message.Id);
        return database.Outbox.Where(message => ids.Contains(message.Id)).ExecuteDeleteAsync(cancellationToken);
    }

    async Task SetAsideAsync(PortalDbContext database, OutboxMessage message, Exception error, CancellationToken cancellationToken)
    {
        LogRefused(log, message.JobId, error.Message);
        var now = time.GetUtcNow();
        var reason = error.Message.Length > LongestError ? error.Message[..LongestError] : error.Message;
        await database.Outbox.Where(other => other.Id == message.Id).ExecuteUpdateAsync(
            row => row.SetProperty(other => other.RefusedAt, now).SetProperty(other => other.Error, reason), cancellationToken);
    }

    [LoggerMessage(EventId = 311, Level = LogLevel.Warning,
        Message = "Jobs wait in the outbox and will be handed over as soon as the job store takes them. {Reason}")]
    static partial void LogStoreUnavailable(ILogger log, string reason);

    [LoggerMessage(EventId = 312, Level = LogLevel.Information, Message = "The outbox hands jobs over again.")]
    static partial void LogRecovered(ILogger log);

    [LoggerMessage(EventId = 313, Level = LogLevel.Error, Message = "The outbox could not be relayed; it will be tried again.")]
    static partial void LogFailed(ILogger log, Exception error);

    [LoggerMessage(EventId = 314, Level = LogLevel.Error, Message = "The engine refused job {JobId}; it stays in the outbox, set aside: {Reason}")]
    static partial void LogRefused(ILogger log, JobId jobId, string reason);
}
