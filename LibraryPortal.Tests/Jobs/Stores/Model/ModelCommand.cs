namespace LibraryPortal.Tests.Jobs.Stores.Model;

/// <summary>One step of a random script. Jobs and workers are picked by number, modulo what there is, so that a script stays meaningful while it is cut shorter.</summary>
public abstract record ModelCommand
{
    /// <summary>Jobs are accepted in one call; <paramref name="Twice"/>: its reply was lost and it is repeated.</summary>
    public sealed record Enqueue(IReadOnlyList<Spec> Jobs, bool Twice) : ModelCommand
    {
        public override string ToString() => $"enqueue{(Twice ? " twice" : "")} {string.Join(", ", Jobs)}";
    }

    /// <summary>A flow is accepted, whole or not at all.</summary>
    public sealed record StartFlow(FlowSpec Tree, bool GoesOn, bool Twice) : ModelCommand
    {
        public override string ToString() => $"start flow{(Twice ? " twice" : "")} that {(GoesOn ? "goes on" : "cancels the rest")}: {Tree}";
    }

    /// <summary>The reply for a flow was lost, and its caller comes again long after.</summary>
    public sealed record RepeatFlow(int Pick) : ModelCommand;

    public sealed record CancelFlow(int Pick, bool Twice) : ModelCommand;

    public sealed record RetryFlow(int Pick, bool Twice) : ModelCommand;

    public sealed record Beat(int Worker, bool Twice) : ModelCommand;

    /// <param name="ReplyLost">The store gives the jobs, and the worker never hears of it.</param>
    public sealed record Claim(int Worker, int Count, int Turn, bool ReplyLost) : ModelCommand;

    /// <param name="Kinds">One of seven outcomes per job, as digits to the base of seven.</param>
    /// <param name="First">The first of its jobs to tell of, modulo how many it has.</param>
    public sealed record Finish(int Worker, int First, int Most, int Kinds, int RestMs, bool Twice) : ModelCommand;

    /// <summary>An outcome that belongs to a claim which is over.</summary>
    public sealed record FinishOld(int Pick) : ModelCommand;

    /// <summary>An outcome of a job that another worker runs.</summary>
    public sealed record FinishForeign(int Worker, int Pick) : ModelCommand;

    public sealed record Report(int Worker, int Pick, int Done) : ModelCommand;

    /// <summary>What the store says the worker owns and the worker does not know goes back.</summary>
    public sealed record HandBackLost(int Worker) : ModelCommand;

    public sealed record Cancel(int Pick, bool Twice) : ModelCommand;

    public sealed record Retry(int Pick, bool Twice) : ModelCommand;

    /// <summary>Time passes, or is set back.</summary>
    public sealed record Pass(int Milliseconds) : ModelCommand;

    public sealed record Reap : ModelCommand;

    public sealed record Pause(int Queue, bool On) : ModelCommand;

    /// <summary>The worker's process is gone, and another one takes its place.</summary>
    public sealed record Crash(int Worker) : ModelCommand;

    public sealed record Leave(int Worker) : ModelCommand;

    /// <summary>Two days pass, and what is over is pruned.</summary>
    public sealed record Forget : ModelCommand;

    /// <summary>The store is closed and opened again; Redis loses its scripts.</summary>
    public sealed record Reopen : ModelCommand;

    /// <param name="Key">0: no unique key; else one of two.</param>
    /// <param name="News">Whether its name is one that only some workers know.</param>
    /// <param name="Rules">What beside a free slot decides when it may run; null: nothing.</param>
    public sealed record Spec(int Queue, int Priority, int DelayMs, int Key, bool News, Rules? Rules)
    {
        public override string ToString() =>
            $"{(News ? "news" : "one")}@q{Queue}/{Priority}{(DelayMs > 0 ? $"+{DelayMs}ms" : "")}{(Key > 0 ? $" key{Key}" : "")}{Rules}";
    }

    /// <param name="Serial">0: no serial key; else one of two.</param>
    /// <param name="Limit">Null, or the name of a limit.</param>
    /// <param name="ExpiresMs">0: never.</param>
    public sealed record Rules(int Serial, string? Limit, int ExpiresMs)
    {
        public override string ToString() => $"{(Serial > 0 ? $" serial{Serial}" : "")}{(Limit is null ? "" : $" limit {Limit}")}{(ExpiresMs > 0 ? $" expires {ExpiresMs}ms" : "")}";
    }
}
