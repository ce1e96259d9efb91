namespace LibraryPortal.Jobs.Stores.Sqlite;

/// <summary>Tells silence of a worker from a time in which none could be heard: this process stood still with the machine, or the clock was set. After it, workers
/// get time to beat again before they are given up. Used by the writer's thread only.</summary>
internal sealed class SilenceWatch
{
    const long LeastGap = 4_000;

    long _gap = LeastGap;
    long? _seen;
    long _since;

    /// <summary>A worker beats. Times are in ms.</summary>
    public void Hear(long now)
    {
        if (_seen is not { } seen || now - seen > _gap || now < _since)
            _since = now;
        _seen = now;
    }

    /// <summary>Whether silence means death by now.</summary>
    /// <param name="silence">How long a dead worker has been silent.</param>
    public bool MayJudge(long now, long silence)
    {
        // Whoever lives beats more often than that: two beats are shorter than a lease, and a lease is shorter than this silence.
        _gap = Math.Max(LeastGap, silence / 2);
        Hear(now);
        return now - _since >= Math.Min(silence, _gap);
    }

    /// <summary>What was heard last was not kept, so it counts as not heard.</summary>
    public void Forget() => _seen = null;
}
