using System.Text.Json;
using System.Threading.Channels;
using LibraryPortal.Jobs.Diagnostics;
using LibraryPortal.Jobs.Flows;
using LibraryPortal.Jobs.Handlers;
using LibraryPortal.Jobs.Stores;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LibraryPortal.Jobs.Worker;

/// <summary>The slots: each takes one run after the other from the intake, gives it a scope and its handler, and passes what became of it to the finisher.</summary>
/// <remarks>Started by <see cref="JobWorker"/>; a slot stops when the intake is closed and empty and its handler has returned.</remarks>
internal sealed class Executor(
    WorkerIdentity identity, Intake intake, Finisher finisher, JobRegistry registry, FlowResults flowResults, IServiceScopeFactory scopes, JobsOptions options, TimeProvider clock, Random random, Surprises surprises,
    ILogger log)
{
    // Handlers that never wait would keep a slot's thread forever; the pool may have only two.
    const int RunsPerTurn = 64;

    readonly RunWatch _watch = new(surprises);

    public Task RunAsync() => Task.WhenAll(Enumerable.Range(0, options.Slots).Select(_ => Task.Run(RunSlotAsync)));

    async Task RunSlotAsync()
    {
        while (true)
        {
            try
            {
                await ServeAsync();
            }
            catch (ChannelClosedException)
            {
                // The worker stops.
                return;
            }
            catch (Exception error)
            {
                surprises.Report("slot", error);
            }
        }
    }

    async Task ServeAsync()
    {
        while (true)
        {
            // ReadAsync, not WaitToReadAsync: one arrival wakes one slot, not all of them.
            var run = await intake.Waiting.ReadAsync();
            var turn = 0;
            do
            {
                await ExecuteAsync(run);
                if (++turn % RunsPerTurn == 0)
                    await Task.Yield();
            }
            while (intake.Waiting.TryRead(out run!));
        }
    }

    async ValueTask ExecuteAsync(Run run)
    {
        var began = clock.GetTimestamp();
        run.StartedAt = clock.GetUtcNow();
        // Awake after a standstill, a slot may be here before the heart has looked, and the job be another's by now.
        if (began > identity.LeaseEnds)
            run.Stop(StopReasons.LeaseExpired);
        JobOutcome? outcome;
        try
        {
            var activity = _watch.Begin(run);
            outcome = run.Job.Envelope.TimeLimit is { } limit ? await FindOutcomeInTimeAsync(run, limit) : await FindOutcomeAsync(run);
            _watch.End(run, activity, outcome, clock.GetElapsedTime(began));
        }
        catch (Exception error)
        {
            // Not the handler's error, whose outcome is found, but one of ours, or of the log: the attempt has failed, and neither job nor slot is lost.
            surprises.Report("slot", error);
            outcome = NextAttempt(run, error);
        }

        if (run.TrySettle())
            finisher.Add(run, outcome);
        // What never ran says nothing of how long runs take; of what is another's by now it is not known whether it did.
        if (outcome is null or { StartedAt.Ticks: 0 } or { Kind: OutcomeKind.Parked })
            intake.Drop();
        else
            intake.Done(clock.GetTimestamp() - began);
    }

    // Away from the slot: a handler that blocks its thread must not keep the slot beyond its time.
    async ValueTask<JobOutcome?> FindOutcomeInTimeAsync(Run run, TimeSpan limit)
    {
        var handler = Task.Run(() => FindOutcomeAsync(run).AsTask());
        if (await EndsWithinAsync(handler, limit))
            return await handler;
        run.Stop(StopReasons.TimeLimit);
        if (await EndsWithinAsync(handler, run.Job.Envelope.TimeLimitGrace))
            return await handler;

        // It may run on, and nobody listens to it any more.
        JobMetrics.Abandoned(run.Job.Envelope);
        Log.RunAbandoned(log, run.Id, run.Job.Envelope.Name, limit, run.Job.Envelope.TimeLimitGrace);
        return IsStopped(run) ? Stopped(run) : RetryOrFail(run, OverTime(run, "and did not stop when told to: it was abandoned"));
    }

    async Task<bool> EndsWithinAsync(Task handler, TimeSpan time)
    {
        try
        {
            await handler.WaitAsync(time, clock);
            return true;
        }
        catch (TimeoutException) when (!handler.IsCompleted)
        {
            return false;
        }
    }

    /// <returns>Null for a job that is no longer this worker's, of which there is nothing to say.</returns>
    async ValueTask<JobOutcome?> FindOutcomeAsync(Run run)
    {
        var job = run.Job;
        if (run.Reasons != StopReasons.None)
            return Stopped(run) is { } stopped ? stopped with { StartedAt = default } : null;
        // Not begun, its expiry still counts: the store, which knows its own time, ends it as soon as it has it back.
        if (run.TooLateAt != long.MaxValue && clock.GetTimestamp() >= run.TooLateAt)
            return new JobOutcome(job, Canary.Unrun(job.Envelope));
        if (!registry.TryFind(job.Envelope.Name, out var type) || job.Envelope.ArgsVersion > type.Version)
        {
            Log.JobParked(log, run.Id, job.Envelope.Name, job.Envelope.ArgsVersion);
            return Outcome(run, OutcomeKind.Parked);
        }

        _watch.Call(run);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var args = job.Envelope.Args;
            if (job.Envelope.Flow is not null)
            {
                run.FlowResults = flowResults;
                args = await flowResults.FillAsync(job.Envelope, run.CancellationToken);
            }

            var result = await type.Invoker.RunAsync(scope.ServiceProvider, args, job.Envelope.ArgsVersion < type.Version ? job.Envelope.ArgsVersion : null, run);
            return result is { } json && ResultLimit.Describe(json, options.MaxPayloadBytes) is { } tooLarge
                ? Failed(run, new JobFailedException(tooLarge))
                : Outcome(run, OutcomeKind.Succeeded, result);
        }
        catch (JobFailedException error) when (!IsStopped(run))
        {
            return Failed(run, error);
        }
        catch (JobSnoozedException snoozed) when (!IsStopped(run))
        {
            return Outcome(run, OutcomeKind.Snoozed, retryIn: snoozed.Delay);
        }
        catch (Exception error)
        {
            // Told to stop, a handler may throw anything: the reason counts, not the exception.
            return IsStopped(run) ? Stopped(run) : RetryOrFail(run, run.Has(StopReasons.TimeLimit) ? OverTime(run, "and was told to stop") : error);
        }
    }

    // For a reason that is not its own.
    static bool IsStopped(Run run) => (run.Reasons & ~StopReasons.TimeLimit) != StopReasons.None;

    static TimeoutException OverTime(Run run, string end) => new($"The run took longer than its time limit of {run.Job.Envelope.TimeLimit} {end}.");

    static JobOutcome? Stopped(Run run)
    {
        if (run.Has(StopReasons.Gone))
            return null;
        return Outcome(run, run.IsCancelRequested ? OutcomeKind.Cancelled : OutcomeKind.Released);
    }

    JobOutcome RetryOrFail(Run run, Exception error)
    {
        var job = run.Job;
        var outcome = NextAttempt(run, error);
        if (outcome.Kind == OutcomeKind.Failed)
            return Failed(run, error);
        Log.RunRetried(log, run.Id, job.Envelope.Name, job.Attempt, job.Envelope.Retry.MaxAttempts, outcome.RetryIn, error);
        return outcome;
    }

    JobOutcome NextAttempt(Run run, Exception error)
    {
        var (attempt, policy) = (run.Job.Attempt, run.Job.Envelope.Retry);
        return attempt >= policy.MaxAttempts
            ? Outcome(run, OutcomeKind.Failed, error: ErrorText.Of(error))
            : Outcome(run, OutcomeKind.Retry, error: ErrorText.Of(error), retryIn: policy.RestAfter(attempt, random.NextDouble()));
    }

    JobOutcome Failed(Run run, Exception error)
    {
        Log.RunFailed(log, run.Id, run.Job.Envelope.Name, run.Attempt, run.Job.Envelope.Retry.MaxAttempts, error);
        return Outcome(run, OutcomeKind.Failed, error: ErrorText.Of(error));
    }

    static JobOutcome Outcome(Run run, OutcomeKind kind, JsonElement? result = null, string? error = null, TimeSpan retryIn = default) =>
        new(run.Job, kind, result, error, retryIn) { StartedAt = run.StartedAt, Progress = run.EndProgress() };
}
