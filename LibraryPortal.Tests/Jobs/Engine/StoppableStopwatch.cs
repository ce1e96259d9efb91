namespace LibraryPortal.Tests.Jobs.Engine;

/// <summary>The real clock, with a stopwatch that can stand still for a while: what a worker does then takes no time in its eyes, however busy the machine is.</summary>
internal sealed class StoppableStopwatch : TimeProvider
{
    long _stoppedAt;

    public void Stop() => Volatile.Write(ref _stoppedAt, base.GetTimestamp());

    /// <summary>Shows the time it is, as if it had gone on.</summary>
    public void CatchUp() => Volatile.Write(ref _stoppedAt, 0);

    public override long GetTimestamp() => Volatile.Read(ref _stoppedAt) is not 0 and var stopped ? stopped : base.GetTimestamp();
}
