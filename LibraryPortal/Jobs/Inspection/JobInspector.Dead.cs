using System.Text.Json;
using LibraryPortal.Jobs.Stores;

namespace LibraryPortal.Jobs.Inspection;

internal sealed partial class JobInspector
{
    const int SweptAtOnce = 256;
    const double MostPerSecond = 10_000;

    static readonly TimeSpan SlowestSpacing = TimeSpan.FromDays(1);

    public async Task<RetryReply> RetryAsync(JobId id, JsonElement args, CancellationToken cancellationToken = default)
    {
        if (await store.FindAsync(id, cancellationToken) is { } job)
        {
            if (job.State is JobState.Succeeded || job.FinishedAt is not { } ended)
                return RetryReply.NotRetryable;
            var reply = await store.RetryEditedAsync(editor.Edit(job.Envelope, args), ended, cancellationToken);
            if (reply != RetryReply.Unknown)
                return reply;
        }

        return await RetryFromHistoryAsync(id, envelope => editor.Edit(envelope, args), cancellationToken);
    }

    public Task<DiscardReply> DiscardAsync(JobId id, CancellationToken cancellationToken = default) => store.DiscardAsync(id, cancellationToken);

    public async Task<int> CountDeadAsync(DeadFilter filter, CancellationToken cancellationToken = default) =>
        (await SweepAsync(DeadAction.Count, filter, spacing: null, progress: null, cancellationToken)).Matched;

    public Task<DeadReply> RetryManyAsync(DeadFilter filter, double? perSecond = null, IProgress<DeadReply>? progress = null, CancellationToken cancellationToken = default)
    {
        TimeSpan? spacing = null;
        if (perSecond is { } rate)
        {
            if (!(rate > 0 && rate <= MostPerSecond) || 1 / rate > SlowestSpacing.TotalSeconds)
                throw new ArgumentException($"The rate is {rate} a second; expected up to {MostPerSecond:N0}, and at least one a day.", nameof(perSecond));
            spacing = TimeSpan.FromSeconds(1 / rate);
        }

        return SweepAsync(DeadAction.Retry, filter, spacing, progress, cancellationToken);
    }

    public Task<DeadReply> DiscardManyAsync(DeadFilter filter, IProgress<DeadReply>? progress = null, CancellationToken cancellationToken = default) =>
        SweepAsync(DeadAction.Discard, filter, spacing: null, progress, cancellationToken);

    // Each stretch is done for good when its call returns, due times included: should the caller die, the rest is simply not begun.
    async Task<DeadReply> SweepAsync(DeadAction action, DeadFilter filter, TimeSpan? spacing, IProgress<DeadReply>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        if (filter.States.Count == 0 || filter.States.Any(static state => !state.IsDead()))
            throw new ArgumentException("The states must be some of Failed, Quarantined, Cancelled and Expired.", nameof(filter));
        var now = clock.GetUtcNow();
        // Those that ended this very moment too.
        var before = filter.To < now ? filter.To.Value : now.AddMilliseconds(1);
        var total = new DeadReply(0, 0, 0);
        foreach (var state in filter.States.Distinct())
        {
            DeadPosition? at = null;
            do
            {
                cancellationToken.ThrowIfCancellationRequested();
                var reply = await store.SweepDeadAsync(
                    new DeadSweep(action, filter, state, before, at, SweptAtOnce)
                    {
                        FirstDue = spacing is { } apart ? now + (apart * total.Changed) : null,
                        Spacing = spacing ?? TimeSpan.Zero,
                    },
                    // Once sent it may be done, whoever waits: then it has to be told, too.
                    CancellationToken.None);
                total = new DeadReply(total.Matched + reply.Matched, total.Changed + reply.Changed, total.Refused + reply.Refused);
                progress?.Report(total);
                at = reply.Next;
            }
            while (at is not null);
        }

        return total;
    }
}
