using LibraryPortal.Jobs.Diagnostics;
using LibraryPortal.Jobs.Events;
using LibraryPortal.Jobs.Stores;
using LibraryPortal.Jobs.Worker;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LibraryPortal.Jobs.Schedules;

/// <summary>Fires schedules when they are due. Any number of them may run: the store sees to it that a due time fires once, and a scheduler that dies leaves it to
/// the others or to the next.</summary>
/// <remarks>Started by <see cref="SchedulerService"/>; reads schedules, writes jobs; rests until the next due time, a hint or the poll interval; stops when asked.</remarks>
internal sealed class Scheduler(
    IScheduleStore store, IJobEvents events, Declarer declarer, IOptions<SchedulerOptions> options, TimeProvider clock, Random random, ILogger<Scheduler> log)
    : WorkerLoop("scheduler", log), IDisposable
{
    const int MostPerLook = 100;

    // While something waits for a run to end, or a schedule is unusable here or not declared yet, or the store is out.
    static readonly TimeSpan SoonAgain = TimeSpan.FromSeconds(1);

    readonly SchedulerOptions _options = options.Value;
    readonly Pulse _woken = new(clock);
    readonly Dictionary<string, long> _unusable = [];
    IDisposable? _listening;

    /// <summary>Schedules may have changed.</summary>
    public void Wake() => _woken.Set();

    /// <summary>Looks once at what is due and fires it.</summary>
    public async Task<SchedulerTurn> LookAsync(CancellationToken cancellationToken)
    {
        if (!declarer.IsDone)
            await declarer.RunOnceAsync(cancellationToken);

        // Those that stay due, as nothing can be done with them here, take no other's place.
        var look = await store.FindDueSchedulesAsync(MostPerLook + _unusable.Count, cancellationToken);
        var turn = new SchedulerTurn(0, 0, 0, 0, look.Next, look.SomeWait);
        foreach (var schedule in look.Due)
        {
            using var activity = JobTracing.StartFire(schedule.Name);
            if (await FireAsync(schedule, look.Now, cancellationToken) is not { } reply)
            {
                turn = turn with { Unusable = turn.Unusable + 1 };
                continue;
            }

            turn = turn with
            {
                Fired = turn.Fired + reply.Fired.Count, PassedOver = turn.PassedOver + reply.PassedOver, Settled = turn.Settled + 1,
                SomeWait = turn.SomeWait || reply.Waiting > 0,
            };
        }

        return turn;
    }

    public void Dispose() => _listening?.Dispose();

    protected override async Task RunOnceAsync(CancellationToken stop)
    {
        try
        {
            var turn = await LookAsync(stop);
            var beganToListen = Listen(turn.SomeWait);
            // What was moved on may be due again, and what comes next, or ended before anybody listened, is known by another look only.
            if (turn.Settled == 0 && !beganToListen)
                await _woken.WaitAsync(Rest(turn), stop);
        }
        catch (JobStoreUnavailableException)
        {
            // Said once by the store.
            await _woken.WaitAsync(Jittered(SoonAgain), stop);
        }
    }

    FireRequest? MakeRequest(StoredSchedule stored, DateTimeOffset now)
    {
        if (!ScheduleDocument.TryRead(stored, out var document, out var timetable, out var problem))
        {
            if (IsNews(stored))
                ScheduleLog.Unusable(Logger, stored.Name, problem);
            return null;
        }

        var schedule = document.Current;
        var head = stored.Waiting is [var first, ..] ? Fire(first) : (DueJob?)null;
        // Of one that is not active only what a backfill left waiting runs.
        if (!document.IsActive)
            return new FireRequest(stored.Name, stored.Revision, schedule.Overlap, []) { Head = head };
        var plan = DuePlan.Make(timetable, schedule.Missed, stored.Cursor, now, _options.MissedAfter);
        return new FireRequest(stored.Name, stored.Revision, schedule.Overlap, [.. plan.Fire.Select(Fire)])
        {
            Head = head,
            Progress = new ScheduleProgress(plan.Cursor, timetable.NextAfter(plan.Cursor)),
        };

        DueJob Fire(DateTimeOffset due) => new(due, FiredJob.At(schedule, due, now));
    }

    /// <returns>Null where it cannot be fired, which is no reason to keep the others waiting.</returns>
    async Task<FireReply?> FireAsync(StoredSchedule schedule, DateTimeOffset now, CancellationToken cancellationToken)
    {
        FireRequest request;
        FireReply reply;
        try
        {
            if (MakeRequest(schedule, now) is not { } made)
                return null;
            request = made;
            reply = await store.FireScheduleAsync(request, cancellationToken);
        }
        catch (Exception refused) when (refused is not JobStoreUnavailableException && !cancellationToken.IsCancellationRequested)
        {
            if (IsNews(schedule))
                ScheduleLog.Unfired(Logger, schedule.Name, refused.Message, refused is ArgumentException ? null : refused);
            return null;
        }

        _unusable.Remove(schedule.Name);
        Tell(request, reply);
        return reply;
    }

    // Said once, until somebody changes it.
    bool IsNews(StoredSchedule schedule)
    {
        var isNews = !_unusable.TryGetValue(schedule.Name, out var told) || told != schedule.Revision;
        _unusable[schedule.Name] = schedule.Revision;
        return isNews;
    }

    void Tell(FireRequest request, FireReply reply)
    {
        if (reply.PassedOver > 0)
            ScheduleLog.PassedOver(Logger, request.Name, reply.PassedOver);
        if (reply.Fired.Count == 0)
            return;
        ScheduleLog.Fired(Logger, request.Name, reply.Fired.Count, reply.PassedOver, reply.Waiting);
        IEnumerable<DueJob> asked = request.Head is { } head ? [head, .. request.Due] : request.Due;
        JobMetrics.Enqueued(asked.Select(static one => one.Job).Where(job => reply.Fired.Contains(job.Id)));
    }

    // Only while it matters: where nobody listens, stores make no events.
    bool Listen(bool someWait)
    {
        if (someWait && _listening is null)
        {
            _listening = events.Subscribe(OnEvents);
            return true;
        }

        if (!someWait)
        {
            _listening?.Dispose();
            _listening = null;
        }

        return false;
    }

    void OnEvents(IReadOnlyList<JobEvent> batch)
    {
        if (batch.Any(static one => one.State is not (JobState.Waiting or JobState.Scheduled or JobState.Queued or JobState.Running)))
            Wake();
    }

    TimeSpan Rest(SchedulerTurn turn)
    {
        var poll = Jittered(turn.SomeWait || turn.Unusable > 0 || !declarer.IsDone ? SoonAgain : _options.PollInterval);
        // A moment past the due time: waking a hair too early would cost a look for nothing.
        return turn.Next is { } next && next < poll ? next + TimeSpan.FromMilliseconds(1) : poll;
    }

    TimeSpan Jittered(TimeSpan interval) => interval * (0.75 + (0.25 * random.NextDouble()));
}
