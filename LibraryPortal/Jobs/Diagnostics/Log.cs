using Microsoft.Extensions.Logging;

namespace LibraryPortal.Jobs.Diagnostics;

/// <summary>What the engine's core logs. Event ids are stable, and stand in <c>Jobs/README.md</c>: 2000 store, 2100 worker, 2200 runs. The Redis store has 2050 on,
/// schedules 2300 on, the history 2400 on.</summary>
internal static partial class Log
{
    [LoggerMessage(2000, LogLevel.Error, "{Sentence} Jobs wait until it is back.")]
    public static partial void StoreOut(ILogger log, string sentence);

    [LoggerMessage(2001, LogLevel.Information, "The job store answers again after {Seconds:N0} s.")]
    public static partial void StoreBack(ILogger log, double seconds);

    [LoggerMessage(2002, LogLevel.Error, "A listener to the job store threw, against its contract.")]
    public static partial void ListenerFailed(ILogger log, Exception error);

    [LoggerMessage(2100, LogLevel.Information, "Worker {Worker} takes jobs from {Queues} with {Slots} slots.")]
    public static partial void WorkerStarted(ILogger log, string worker, string queues, int slots);

    [LoggerMessage(2101, LogLevel.Information, "Worker {Worker} stops: {Running} jobs running, {Grace} to end them.")]
    public static partial void WorkerStopping(ILogger log, string worker, int running, TimeSpan grace);

    [LoggerMessage(2102, LogLevel.Information, "Worker {Worker} has left; {HandedBack} jobs handed back.")]
    public static partial void WorkerLeft(ILogger log, string worker, int handedBack);

    [LoggerMessage(2103, LogLevel.Warning, "Worker {Worker} was silent too long and its jobs went to others; it goes on as {NewWorker}.")]
    public static partial void WorkerReaped(ILogger log, string worker, string newWorker);

    [LoggerMessage(2104, LogLevel.Warning, "Worker {Worker} could not renew its lease for {Seconds:N1} s: {Running} handlers are told to stop.")]
    public static partial void LeaseLost(ILogger log, string worker, double seconds, int running);

    [LoggerMessage(2105, LogLevel.Warning, "Recovered {Count} jobs of workers that died.")]
    public static partial void JobsRecovered(ILogger log, int count);

    [LoggerMessage(2106, LogLevel.Warning, "{Count} outcomes were refused: the jobs are no longer this worker's.")]
    public static partial void OutcomesFenced(ILogger log, int count);

    [LoggerMessage(2107, LogLevel.Information, "Handed back {Count} jobs whose claim's answer was lost.")]
    public static partial void LostClaimsReturned(ILogger log, int count);

    [LoggerMessage(2108, LogLevel.Error, "A loop of the worker failed unexpectedly and goes on: {Part}.")]
    public static partial void PartFailed(ILogger log, string part, Exception error);

    [LoggerMessage(2109, LogLevel.Error, "Worker {Worker} lives and has free slots, but has not proved for {Seconds:N0} s that it takes jobs: its consumer starts anew.")]
    public static partial void WorkerWedged(ILogger log, string worker, double seconds);

    [LoggerMessage(2110, LogLevel.Warning, "Worker {Worker} cannot prove that it takes jobs while it has none: the store refuses the job it enqueues for that. {Why}")]
    public static partial void SongRefused(ILogger log, string worker, string why);

    [LoggerMessage(2200, LogLevel.Warning, "Job {Id} ({Name}) failed in attempt {Attempt} of {MaxAttempts}; next in {Rest}.")]
    public static partial void RunRetried(ILogger log, JobId id, string name, int attempt, int maxAttempts, TimeSpan rest, Exception error);

    [LoggerMessage(2201, LogLevel.Error, "Job {Id} ({Name}) has failed for good in attempt {Attempt} of {MaxAttempts}.")]
    public static partial void RunFailed(ILogger log, JobId id, string name, int attempt, int maxAttempts, Exception error);

    [LoggerMessage(2202, LogLevel.Warning, "Job {Id} is version {Version} of {Name}, which this worker does not know: set aside until a worker does.")]
    public static partial void JobParked(ILogger log, JobId id, string name, int version);

    [LoggerMessage(2203, LogLevel.Error,
        "Job {Id} ({Name}) took longer than its time limit of {Limit} and did not stop within {Grace}: its handler is abandoned, and runs on in this process until it ends by itself.")]
    public static partial void RunAbandoned(ILogger log, JobId id, string name, TimeSpan limit, TimeSpan grace);

    [LoggerMessage(2204, LogLevel.Error, "What is stored of job {Id} ({Name}) cannot be read: {Why} It has failed; it may be replayed with other arguments.")]
    public static partial void JobUnreadable(ILogger log, JobId id, string name, string why);

    [LoggerMessage(2205, LogLevel.Warning, "Job {Id} ({Name}) is stored in form {Form}, that of a later version, which this worker does not read: set aside until a worker does.")]
    public static partial void JobOfLaterForm(ILogger log, JobId id, string name, int form);
}
