using System.Globalization;
using LibraryPortal.Jobs.Inspection;
using LibraryPortal.Jobs.Stores.Redis.Records;
using StackExchange.Redis;

namespace LibraryPortal.Jobs.Stores.Redis;

/// <summary>Jobs that ended without success.</summary>
internal sealed partial class RedisJobStore
{
    /// <summary>Jobs looked at by one script call at most: a script holds everyone else up.</summary>
    const int MostSwept = 256;

    public Task<RetryReply> RetryEditedAsync(JobEnvelope edited, DateTimeOffset endedAt, CancellationToken cancellationToken) =>
        RetryAsync(edited.Id, [RedisText.Id(edited.Id), endedAt.ToUnixTimeMilliseconds(), RecordWriter.WriteLive(edited)], cancellationToken);

    public async Task<DiscardReply> DiscardAsync(JobId id, CancellationToken cancellationToken) =>
        (string?)await ControlAsync(_scripts.Discard, [RedisText.Id(id)], cancellationToken) switch
        {
            "D" => DiscardReply.Discarded,
            "N" => DiscardReply.NotDead,
            "P" => DiscardReply.PartOfFlow,
            _ => DiscardReply.Unknown,
        };

    public async Task<DeadSweepReply> SweepDeadAsync(DeadSweep sweep, CancellationToken cancellationToken)
    {
        var filter = sweep.Filter;
        var earliest = filter.From?.ToUnixTimeMilliseconds() ?? 0;
        var after = sweep.After is { } at && at.EndedMs >= earliest ? at : new DeadPosition(earliest, "");
        RedisValue[] arguments =
        [
            RecordLetters.Of(sweep.State).ToString(),
            after.EndedMs, sweep.Before.ToUnixTimeMilliseconds(), after.Tie, Math.Min(sweep.Most, MostSwept),
            filter.Name ?? "", filter.Queue ?? "", filter.Owner is { } owner ? RedisText.Escape(owner) : "", SmallLetters.Of(filter.Error ?? ""),
            .. sweep.Action switch
            {
                DeadAction.Retry => (RedisValue[])[sweep.FirstDue?.ToUnixTimeMilliseconds() ?? RedisValue.EmptyString, sweep.Spacing.TotalMilliseconds],
                DeadAction.Discard => ["D"],
                _ => ["N"],
            },
        ];
        var script = sweep.Action == DeadAction.Retry ? _scripts.DeadRetry : _scripts.DeadSweep;
        var reply = (RedisResult[])(await ControlAsync(script, arguments, cancellationToken))!;
        if (sweep.Action == DeadAction.Retry)
            await GoOnWithFlowsAsync();
        DeadPosition? next = reply.Length > 3 ? new DeadPosition(long.Parse((string)reply[3]!, CultureInfo.InvariantCulture), (string)reply[4]!) : null;
        return new DeadSweepReply((int)reply[0], (int)reply[1], (int)reply[2], next);
    }
}
