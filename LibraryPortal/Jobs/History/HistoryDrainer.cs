using System.Security.Cryptography;
using System.Text.Json;
using LibraryPortal.Jobs.Diagnostics;
using LibraryPortal.Jobs.Stores;
using LibraryPortal.Jobs.Worker;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LibraryPortal.Jobs.History;

/// <summary>Carries ended jobs from the store into the history: reads a batch, writes it there, acknowledges it. Killed in between, the batch comes again and the
/// history passes over what it has. While either side is out it waits, and what ended stays in the store.</summary>
/// <remarks>Started and stopped by the host; woken by the worker of this process when it told outcomes, and every poll interval for those of others.</remarks>
internal sealed class HistoryDrainer(
    IHistoryFeed feed, IJobHistory history, IOptions<HistoryOptions> options, TimeProvider clock, Random random, ILogger<HistoryDrainer> log) : BackgroundService
{
    const int BatchSize = 256;

    // A moment after the first outcome, so that the next ones share its transaction.
    static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(100);
    static readonly TimeSpan ShortestRest = TimeSpan.FromMilliseconds(500);
    static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(15);

    readonly string _reader = RandomNumberGenerator.GetHexString(16, lowercase: true);
    readonly Pulse _ended = new(clock);
    TimeSpan _rest;

    /// <summary>Jobs ended here.</summary>
    public void Wake() => _ended.Set();

    /// <summary>Carries all there is.</summary>
    /// <returns>How many outcomes were new to the history.</returns>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        var added = 0;
        while (await feed.ReadEndedAsync(_reader, BatchSize, cancellationToken) is { Receipts.Count: > 0 } batch)
        {
            JobMetrics.HistoryLag.Record((clock.GetUtcNow() - batch.Oldest)?.TotalSeconds ?? 0);
            using var activity = JobTracing.StartDrain(batch.Jobs.Count);
            if (batch.Jobs.Count > 0)
                added += await AddAsync(batch.Jobs, cancellationToken);
            foreach (var (id, why) in batch.Unreadable)
                HistoryLog.Unreadable(log, id, why);
            await feed.AcknowledgeEndedAsync(batch.Receipts, options.Value.KeepInStore, cancellationToken);
            JobMetrics.Drained(batch.Jobs);
        }

        return added;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Off the host's thread: the first look may wait for the store.
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            await TryRunOnceAsync(stoppingToken);
            if (_rest > TimeSpan.Zero)
            {
                await Task.Delay(_rest, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                continue;
            }

            await _ended.WaitAsync(options.Value.PollInterval * (0.75 + (0.25 * random.NextDouble())), stoppingToken);
            await Task.Delay(Gather, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    async Task<int> AddAsync(IReadOnlyList<JobRecord> jobs, CancellationToken cancellationToken)
    {
        try
        {
            return await history.AddAsync(jobs, cancellationToken);
        }
        catch (Exception error) when (jobs.Count > 1 && IsOfARecord(error))
        {
            return await AddSinglyAsync(jobs, cancellationToken);
        }
    }

    // One that cannot be kept must not hold up all that come after it. A history that takes none of many is broken in another way: then nothing is left out.
    async Task<int> AddSinglyAsync(IReadOnlyList<JobRecord> jobs, CancellationToken cancellationToken)
    {
        List<(JobRecord Job, Exception Error)> refused = [];
        var added = 0;
        foreach (var job in jobs)
        {
            try
            {
                added += await history.AddAsync([job], cancellationToken);
            }
            catch (Exception error) when (IsOfARecord(error))
            {
                refused.Add((job, error));
            }
        }

        if (refused.Count == jobs.Count)
            throw refused[0].Error;
        foreach (var (job, error) in refused)
            HistoryLog.Unkeepable(log, job.Id, job.Envelope.Name, error);
        return added;
    }

    static bool IsOfARecord(Exception error) => error is ArgumentException or FormatException or NotSupportedException or JsonException;

    async Task TryRunOnceAsync(CancellationToken stoppingToken)
    {
        try
        {
            await RunOnceAsync(stoppingToken);
            if (_rest > TimeSpan.Zero)
                HistoryLog.Back(log);
            _rest = TimeSpan.Zero;
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopped.
        }
        catch (JobStoreUnavailableException)
        {
            // Said once by the outage log.
            Rest();
        }
        catch (Exception error)
        {
            if (_rest == TimeSpan.Zero)
                HistoryLog.Out(log, error);
            Rest();
        }
    }

    void Rest() => _rest = _rest == TimeSpan.Zero ? ShortestRest : _rest * 2 < LongestRest ? _rest * 2 : LongestRest;
}
