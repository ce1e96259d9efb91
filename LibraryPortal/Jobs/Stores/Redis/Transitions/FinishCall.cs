using LibraryPortal.Jobs.Stores.Redis.Records;
using StackExchange.Redis;

namespace LibraryPortal.Jobs.Stores.Redis.Transitions;

/// <summary>One call of <c>finish.lua</c>.</summary>
internal static class FinishCall
{
    public static RedisValue[] Arguments(string worker, IReadOnlyList<JobOutcome> outcomes, DateTimeOffset now)
    {
        var n = outcomes.Count;
        var arguments = new RedisValue[3 + (6 * n)];
        arguments[0] = RedisText.Escape(worker);
        arguments[1] = n;
        arguments[2] = string.Create(n, outcomes, static (letters, all) =>
        {
            for (var i = 0; i < letters.Length; i++)
                letters[i] = Letter(all[i].Kind);
        });
        for (var i = 0; i < n; i++)
        {
            arguments[3 + i] = RedisText.Id(outcomes[i].Job.Envelope.Id);
            arguments[3 + n + i] = outcomes[i].Job.Stamp;
            Describe(worker, outcomes[i], now, arguments.AsSpan(3 + (2 * n) + (4 * i), 4));
        }

        return arguments;
    }

    /// <summary>The state each job is in now; null where the outcome was fenced.</summary>
    public static JobState?[] Read(RedisResult reply, IReadOnlyList<JobOutcome> outcomes)
    {
        var letters = (string)reply!;
        var states = new JobState?[outcomes.Count];
        for (var i = 0; i < states.Length; i++)
            states[i] = letters[i] switch { '1' => StateAfter(outcomes[i].Kind), 'C' => JobState.Cancelled, _ => null };
        return states;
    }

    static void Describe(string worker, JobOutcome outcome, DateTimeOffset now, Span<RedisValue> row)
    {
        row.Fill(RedisValue.EmptyString);
        switch (outcome.Kind)
        {
            case OutcomeKind.Succeeded or OutcomeKind.Failed or OutcomeKind.Cancelled:
                row[0] = RecordWriter.WriteFinal(worker, outcome, StateAfter(outcome.Kind), now);
                row[1] = RecordWriter.ResultTtl(outcome.Job.Envelope);
                row[2] = outcome.Job.Envelope.UniqueKey is { } key ? RedisText.Escape(key) : "";
                break;
            case OutcomeKind.Retry:
                row[0] = outcome.Error ?? "";
                row[1] = (long)Math.Ceiling(Math.Max(0, outcome.RetryIn.TotalMilliseconds));
                row[2] = outcome.Job.Attempt;
                row[3] = outcome.Progress is { } reached ? ProgressText.Write(reached) : "";
                break;
            case OutcomeKind.Released or OutcomeKind.Parked:
                row[3] = outcome.Progress is { } progress ? ProgressText.Write(progress) : "";
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(outcome), outcome.Kind, "Not an outcome.");
        }
    }

    static char Letter(OutcomeKind kind) => kind switch
    {
        OutcomeKind.Succeeded => 'S',
        OutcomeKind.Retry => 'R',
        OutcomeKind.Failed => 'F',
        OutcomeKind.Cancelled => 'C',
        OutcomeKind.Released => 'L',
        OutcomeKind.Parked => 'P',
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not an outcome."),
    };

    static JobState StateAfter(OutcomeKind kind) => kind switch
    {
        OutcomeKind.Succeeded => JobState.Succeeded,
        OutcomeKind.Retry => JobState.Scheduled,
        OutcomeKind.Failed => JobState.Failed,
        OutcomeKind.Cancelled => JobState.Cancelled,
        OutcomeKind.Released or OutcomeKind.Parked => JobState.Queued,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not an outcome."),
    };
}
