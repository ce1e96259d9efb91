using System.Diagnostics;
using System.Text.Json;
using LibraryPortal.Jobs.Diagnostics;
using LibraryPortal.Jobs.Stores;

namespace LibraryPortal.Jobs.Client;

/// <inheritdoc cref="IJobClient"/>
internal sealed class JobClient(EnvelopeFactory envelopes, EnqueueBatcher batcher, BulkEnqueue bulk, JobWaits waits, JobLookup lookup, NamedArgs named) : IJobClient
{
    public async Task<JobHandle> EnqueueAsync(IJobArgs args, Action<JobOptions>? options = null, CancellationToken cancellationToken = default)
    {
        var receipt = await HandOverAsync(args, options, cancellationToken);
        return new JobHandle(this, receipt.Id, receipt.IsNew);
    }

    public async Task<JobHandle<TResult>> EnqueueAsync<TResult>(
        IJobArgs<TResult> args, Action<JobOptions>? options = null, CancellationToken cancellationToken = default)
    {
        var receipt = await HandOverAsync(args, options, cancellationToken);
        return new JobHandle<TResult>(this, receipt.Id, receipt.IsNew);
    }

    public async Task<IReadOnlyList<JobHandle>> EnqueueManyAsync(
        IEnumerable<IJobArgs> args, Action<JobOptions>? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(args);
        using var activity = JobTracing.StartEnqueue();
        var handles = await bulk.SendAsync(args.Select(one => envelopes.Create(one, options)), this, cancellationToken);
        activity.Describe("many", handles.Count);
        return handles;
    }

    public JobEnvelope Prepare(IJobArgs args, Action<JobOptions>? options = null) => envelopes.Create(args, options);

    public JobEnvelope Prepare(string name, JsonElement args, Action<JobOptions>? options = null) => envelopes.Create(named.Read(name, args), options);

    public Task<IReadOnlyList<JobHandle>> SubmitAsync(IReadOnlyList<JobEnvelope> jobs, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        foreach (var job in jobs)
            EnvelopeFactory.Check(job);
        return bulk.SendAsync(jobs, this, cancellationToken);
    }

    public Task<JobRecord?> FindAsync(JobId id, CancellationToken cancellationToken = default) => lookup.FindAsync(id, cancellationToken);

    public Task<JobRecord> WaitAsync(JobId id, TimeSpan timeout, CancellationToken cancellationToken = default) =>
        waits.WaitAsync(id, timeout, cancellationToken);

    public Task<CancelReply> CancelAsync(JobId id, CancellationToken cancellationToken = default) => lookup.CancelAsync(id, cancellationToken);

    Task<EnqueueReceipt> HandOverAsync(IJobArgs args, Action<JobOptions>? options, CancellationToken cancellationToken) => JobTracing.StartEnqueue() is { } activity
        ? HandOverAsync(activity, args, options, cancellationToken)
        : batcher.EnqueueAsync(envelopes.Create(args, options), cancellationToken);

    async Task<EnqueueReceipt> HandOverAsync(Activity activity, IJobArgs args, Action<JobOptions>? options, CancellationToken cancellationToken)
    {
        using (activity)
        {
            var job = envelopes.Create(args, options);
            activity.Describe(job);
            return await batcher.EnqueueAsync(job, cancellationToken);
        }
    }
}
