using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Jobs.Engine;

/// <summary>The real clock, save for some stretches of time, which pass only when the test says so.</summary>
/// <param name="held">In whole milliseconds, and such as nobody else waits for.</param>
internal sealed class HeldStretches(params TimeSpan[] held) : TimeProvider
{
    readonly Lock _gate = new();
    readonly List<(TimeSpan Stretch, HeldTimer Timer)> _waiting = [];

    /// <summary>Lets the stretch pass for the first that waits for it, once somebody does.</summary>
    public async Task PassAsync(TimeSpan stretch)
    {
        HeldTimer? timer = null;
        await Eventually.HoldsAsync($"somebody waits for {stretch}", () => (timer = Take(stretch)) is not null);
        timer!.Fire();
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (!held.Contains(dueTime))
            return base.CreateTimer(callback, state, dueTime, period);
        var timer = new HeldTimer(() => callback(state));
        lock (_gate)
            _waiting.Add((dueTime, timer));
        return timer;
    }

    HeldTimer? Take(TimeSpan stretch)
    {
        lock (_gate)
        {
            var at = _waiting.FindIndex(one => one.Stretch == stretch);
            if (at < 0)
                return null;
            var timer = _waiting[at].Timer;
            _waiting.RemoveAt(at);
            return timer;
        }
    }

    sealed class HeldTimer(Action fire) : ITimer
    {
        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
