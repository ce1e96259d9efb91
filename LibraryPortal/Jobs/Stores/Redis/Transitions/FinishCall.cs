using System.Text.Json;
using LibraryPortal.Jobs.Stores.Redis.Records;
using StackExchange.Redis;

namespace LibraryPortal.Jobs.Stores.Redis.Transitions;

/// <summary>One call of <c>finish.lua</c>: the arguments for a batch of outcomes, and what became of each.</summary>
internal sealed class FinishCall
{
    const int ColumnsOfOthers = 5;

    readonly IReadOnlyList<JobOutcome> _outcomes;
    readonly List<int> _order;

    public FinishCall(RedisKeys keys, string worker, IReadOnlyList<JobOutcome> outcomes, DateTimeOffset now)
    {
        _outcomes = outcomes;
        var groups = GroupSuccesses(outcomes);
        _order = new List<int>(outcomes.Count);
        foreach (var (_, members) in groups)
            _order.AddRange(members);
        var plain = _order.Count;
        for (var i = 0; i < outcomes.Count; i++)
        {
            if (!IsPlain(outcomes[i]))
                _order.Add(i);
        }

        var n = outcomes.Count;
        var records = 4 + (2 * n);
        Arguments = new RedisValue[records + (2 * plain) + (2 * groups.Count) + (ColumnsOfOthers * (n - plain))];
        Arguments[0] = RedisText.Escape(worker);
        Arguments[1] = n;
        Arguments[2] = plain;
        Arguments[3] = groups.Count;
        for (var i = 0; i < n; i++)
        {
            var outcome = outcomes[_order[i]];
            Arguments[4 + n + i] = outcome.Job.Stamp;
            if (i >= plain)
            {
                Arguments[4 + i] = RedisText.Id(outcome.Job.Envelope.Id);
                continue;
            }

            var key = keys.Job(outcome.Job.Envelope.Id);
            Arguments[4 + i] = key[^RedisText.IdLength..];
            Arguments[records + (2 * i)] = key;
            Arguments[records + (2 * i) + 1] = RecordWriter.WriteFinal(worker, outcome, JobState.Succeeded, now);
        }

        var at = records + (2 * plain);
        foreach (var (ttl, members) in groups)
        {
            Arguments[at++] = ttl;
            Arguments[at++] = members.Count;
        }

        for (var i = plain; i < n; i++, at += ColumnsOfOthers)
            Describe(worker, outcomes[_order[i]], now, Arguments.AsSpan(at, ColumnsOfOthers));
    }

    public RedisValue[] Arguments { get; }

    /// <summary>Whether flows were left with more to do than one call may.</summary>
    public static bool LeftSteps(RedisResult reply) => ((string)reply!).EndsWith('!');

    /// <summary>The state each job is in now; null where the outcome was fenced.</summary>
    public JobState?[] Read(RedisResult reply)
    {
        var letters = (string)reply!;
        var states = new JobState?[_outcomes.Count];
        for (var i = 0; i < states.Length; i++)
        {
            states[_order[i]] = letters[i] switch
            {
                '1' => StateAfter(_outcomes[_order[i]].Kind),
                'C' => JobState.Cancelled,
                _ => null,
            };
        }

        return states;
    }

    static bool IsPlain(JobOutcome outcome) =>
        outcome.Kind == OutcomeKind.Succeeded && outcome.Job.Envelope is { UniqueKey: null, HasGates: false, Flow: null };

    // A group stays in the store equally long, and goes or does not go into the history.
    static List<(long Ttl, List<int> Members)> GroupSuccesses(IReadOnlyList<JobOutcome> outcomes)
    {
        List<(long Ttl, List<int> Members)> groups = [];
        List<(long Ttl, bool KeepsHistory)> kinds = [];
        for (var i = 0; i < outcomes.Count; i++)
        {
            if (!IsPlain(outcomes[i]))
                continue;
            var job = outcomes[i].Job.Envelope;
            var kind = (Ttl: RecordWriter.ResultTtl(job), job.KeepsHistory);
            var group = kinds.IndexOf(kind);
            if (group < 0)
            {
                group = groups.Count;
                kinds.Add(kind);
                groups.Add((kind.Ttl, new List<int>(outcomes.Count)));
            }

            groups[group].Members.Add(i);
        }

        return groups;
    }

    static void Describe(string worker, JobOutcome outcome, DateTimeOffset now, Span<RedisValue> row)
    {
        row.Fill(RedisValue.EmptyString);
        row[0] = Letter(outcome.Kind);
        switch (outcome.Kind)
        {
            case OutcomeKind.Succeeded or OutcomeKind.Failed or OutcomeKind.Cancelled:
                row[1] = RecordWriter.WriteFinal(worker, outcome, StateAfter(outcome.Kind), now);
                row[2] = RecordWriter.ResultTtl(outcome.Job.Envelope);
                row[3] = outcome.Job.Envelope.UniqueKey is { } key ? RedisText.Escape(key) : "";
                if (outcome is { Kind: OutcomeKind.Succeeded, Result: { } result, Job.Envelope.Flow: not null })
                    row[4] = JsonSerializer.SerializeToUtf8Bytes(result);
                break;
            case OutcomeKind.Retry:
                row[1] = outcome.Error ?? "";
                row[2] = (long)Math.Ceiling(Math.Max(0, outcome.RetryIn.TotalMilliseconds));
                row[3] = outcome.Job.Attempt;
                row[4] = outcome.Progress is { } reached ? ProgressText.Write(reached) : "";
                break;
            case OutcomeKind.Snoozed:
                row[2] = (long)Math.Ceiling(Math.Max(0, outcome.RetryIn.TotalMilliseconds));
                row[4] = outcome.Progress is { } before ? ProgressText.Write(before) : "";
                break;
            case OutcomeKind.Released or OutcomeKind.Parked:
                row[1] = outcome.Kind == OutcomeKind.Parked ? ParkedName.Of(outcome.Job.Envelope) : outcome.StartedAt == default ? "" : "1";
                row[4] = outcome.Progress is { } progress ? ProgressText.Write(progress) : "";
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(outcome), outcome.Kind, "Not an outcome.");
        }
    }

    static string Letter(OutcomeKind kind) => kind switch
    {
        OutcomeKind.Succeeded => "S",
        OutcomeKind.Retry => "R",
        OutcomeKind.Failed => "F",
        OutcomeKind.Cancelled => "C",
        OutcomeKind.Released => "L",
        OutcomeKind.Parked => "P",
        OutcomeKind.Snoozed => "Z",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not an outcome."),
    };

    static JobState StateAfter(OutcomeKind kind) => kind switch
    {
        OutcomeKind.Succeeded => JobState.Succeeded,
        OutcomeKind.Retry or OutcomeKind.Snoozed => JobState.Scheduled,
        OutcomeKind.Failed => JobState.Failed,
        OutcomeKind.Cancelled => JobState.Cancelled,
        OutcomeKind.Released or OutcomeKind.Parked => JobState.Queued,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not an outcome."),
    };
}
