namespace LibraryPortal.Tests.Support;

/// <summary>A clock that stands still until told to go on; its timers fire while it is moved.</summary>
public sealed class ManualClock : TimeProvider
{
    readonly Lock _gate = new();
    readonly List<ManualTimer> _timers = [];
    DateTimeOffset _now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
            return _now;
    }

    /// <summary>UTC, wherever the tests run: what they expect of days and dates is written so.</summary>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    /// <summary>When the next timer is due; null while nobody waits.</summary>
    public DateTimeOffset? NextTimer
    {
        get
        {
            lock (_gate)
                return _timers.Min(static timer => timer.DueAt);
        }
    }

    /// <summary>Moves on, firing what falls due in its order; below zero, sets the clock back.</summary>
    public void Advance(TimeSpan by)
    {
        DateTimeOffset end;
        lock (_gate)
        {
            end = _now + by;
            if (by < TimeSpan.Zero)
                _now = end;
        }

        while (FireNext(end))
        {
        }
    }

    // Never takes back what another moved it on meanwhile, and moves it only to what it was told: a timer that is due at once leaves it where it is.
    bool FireNext(DateTimeOffset? end)
    {
        ManualTimer? next;
        lock (_gate)
        {
            var until = end ?? _now;
            next = _timers.Where(timer => timer.DueAt <= until).MinBy(timer => timer.DueAt);
            var reached = next?.DueAt ?? until;
            _now = reached > _now ? reached : _now;
            next?.MoveOn();
        }

        next?.Fire();
        return next is not null;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    sealed class ManualTimer(ManualClock clock, Action fire) : ITimer
    {
        TimeSpan _period = Timeout.InfiniteTimeSpan;

        public DateTimeOffset? DueAt { get; private set; }

        public void Fire() => fire();

        public void MoveOn() => DueAt = _period > TimeSpan.Zero ? DueAt + _period : null;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
            {
                _period = period;
                DueAt = dueTime < TimeSpan.Zero ? null : clock._now + dueTime;
                if (!clock._timers.Contains(this))
                    clock._timers.Add(this);
            }

            // A timer due at once fires as it would on any clock: soon, not inside this call.
            if (dueTime == TimeSpan.Zero)
                ThreadPool.QueueUserWorkItem(_ => clock.FireNext(end: null));
            return true;
        }

        public void Dispose()
        {
            lock (clock._gate)
                clock._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
