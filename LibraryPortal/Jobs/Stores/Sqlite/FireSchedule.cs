using LibraryPortal.Jobs.Schedules;

namespace LibraryPortal.Jobs.Stores.Sqlite;

/// <summary>Due times become jobs, or wait, or are passed over, and the schedule moves on, in one transaction.</summary>
internal sealed class FireSchedule
{
    static readonly Sql Find = new($"SELECT {ScheduleRow.Columns} FROM schedule WHERE name = $1 AND revision = $2");
    static readonly Sql IsLive = new("SELECT 1 FROM job WHERE id = $1 AND state < 4");

    static readonly Sql Write = new("""
        UPDATE schedule SET revision = MAX(revision + 1, $2), waiting = $3, last_due = $4, last_fired = $5, last_job = $6, fired = fired + $7, passed_over = passed_over + $8
        WHERE name = $1
        """);

    static readonly Sql MoveOn = new("UPDATE schedule SET cursor = $2, look_at = $3 WHERE name = $1");

    readonly WriteSession _session;
    readonly List<DateTimeOffset> _waiting;
    readonly List<JobId> _fired = [];
    JobId? _lastJob;
    DateTimeOffset? _lastDue;
    DateTimeOffset? _lastFiredAt;
    int _passedOver;

    FireSchedule(WriteSession session, StoredSchedule schedule)
    {
        _session = session;
        _waiting = [.. schedule.Waiting];
        (_lastJob, _lastDue, _lastFiredAt) = (schedule.LastJob, schedule.LastDue, schedule.LastFiredAt);
    }

    public static FireReply Run(WriteSession session, FireRequest request)
    {
        var found = session.Prepare(Find).Rows(ScheduleRow.Read, request.Name, request.Revision);
        if (found.Count == 0 || request.Due.Any(due => due.Due.ToUnixTimeMilliseconds() > session.Now))
            return FireReply.Stale;
        var firing = new FireSchedule(session, found[0]);
        firing.FireHead(request.Head);
        firing.Fire(request.Due, request.Overlap);
        firing.Record(request);
        return new FireReply(IsStale: false, firing._fired, firing._passedOver, firing._waiting.Count);
    }

    void FireHead(DueJob? head)
    {
        if (_waiting.Count == 0 || head?.Due != _waiting[0] || IsBusy())
            return;
        _waiting.RemoveAt(0);
        Fire(head.Value);
    }

    void Fire(IReadOnlyList<DueJob> due, OverlapPolicy overlap)
    {
        if (due.Count == 0)
            return;
        switch (overlap)
        {
            case OverlapPolicy.Skip when IsBusy():
                _passedOver += due.Count;
                break;
            case OverlapPolicy.Skip:
                FireLatest(due);
                break;
            case OverlapPolicy.CancelPrevious:
                if (_lastJob is { } last)
                    SteerJobs.RunCancel(_session, last);
                FireLatest(due);
                break;
            case OverlapPolicy.Queue:
                foreach (var one in due)
                {
                    if (_waiting.Count > 0 || IsBusy())
                        Wait(one.Due);
                    else
                        Fire(one);
                }

                break;
            case OverlapPolicy.Allow:
                foreach (var one in due)
                    Fire(one);
                break;
        }
    }

    void FireLatest(IReadOnlyList<DueJob> due)
    {
        _passedOver += due.Count - 1;
        Fire(due[^1]);
    }

    void Wait(DateTimeOffset due)
    {
        if (_waiting.Contains(due))
            return;
        if (_waiting.Count < ScheduleClock.MostWaiting)
            _waiting.Add(due);
        else
            _passedOver++;
    }

    void Fire(DueJob due)
    {
        var receipt = EnqueueJobs.Run(_session, [due.Job], [EnvelopeCodec.Write(due.Job)])[0];
        if (receipt.IsNew)
        {
            _fired.Add(receipt.Id);
            (_lastJob, _lastDue, _lastFiredAt) = (receipt.Id, due.Due, DateTimeOffset.FromUnixTimeMilliseconds(_session.Now));
        }
        else if (receipt.Id != due.Job.Id)
        {
            // Another job has its unique key.
            _passedOver++;
        }
    }

    bool IsBusy() => _lastJob is { } last && _session.Prepare(IsLive).Value(JobRow.Key(last)) is not null;

    void Record(FireRequest request)
    {
        _session.Prepare(Write).Run(
            request.Name, _session.Now, ScheduleRow.WriteTimes(_waiting), _lastDue?.ToUnixTimeMilliseconds(), _lastFiredAt?.ToUnixTimeMilliseconds(),
            _lastJob is { } job ? JobRow.Key(job) : null, (long)_fired.Count, (long)_passedOver);
        if (request.Progress is { } progress)
            _session.Prepare(MoveOn).Run(request.Name, progress.Cursor.ToUnixTimeMilliseconds(), progress.LookAt?.ToUnixTimeMilliseconds());
    }
}
