using System.Threading.Channels;

namespace LibraryPortal.Jobs.Worker;

/// <summary>The room between claimer and slots: what is claimed and not begun, and how much more may be. Claims beyond the free slots are allowed only
/// while runs are so short that the slots get to them within moments.</summary>
internal sealed class Intake(int slots, int prefetch, TimeProvider clock)
{
    // What lies ready should keep the slots busy for about this long; anything more would only be withheld from other workers.
    static readonly TimeSpan Supply = TimeSpan.FromMilliseconds(50);

    // Until so many runs were seen, they are taken for long ones.
    const int RunsToKnow = 16;

    readonly Channel<Run> _waiting = Channel.CreateUnbounded<Run>(new UnboundedChannelOptions());
    readonly double _supplyTicks = Supply.TotalSeconds * clock.TimestampFrequency;
    int _held;
    long _runs;
    double _averageTicks;
    int _wakeAt = -1;

    /// <summary>Pulsed when there is room again, after <see cref="Room"/> said there is none.</summary>
    public Pulse Freed { get; } = new(clock);

    public ChannelReader<Run> Waiting => _waiting.Reader;

    /// <summary>Claimed and not over: waiting for a slot or running.</summary>
    public int Held => Volatile.Read(ref _held);

    /// <summary>How many jobs to claim now; 0 when it is not worth a call yet.</summary>
    public int Room()
    {
        var capacity = slots + Allowance();
        // With every slot busy and half of the supply left there is time to wait and claim more at once.
        var lowWater = Math.Max(slots - 1, capacity / 2);
        // Set before looking: a slot freed in between must find it.
        Volatile.Write(ref _wakeAt, lowWater);
        Interlocked.MemoryBarrier();
        var held = Held;
        if (held > lowWater)
            return 0;
        Volatile.Write(ref _wakeAt, -1);
        return capacity - held;
    }

    public void Put(Run run)
    {
        Interlocked.Increment(ref _held);
        _waiting.Writer.TryWrite(run);
    }

    /// <summary>A job is over.</summary>
    /// <param name="ticks">How long it ran, in the clock's timestamps.</param>
    public void Done(long ticks)
    {
        // Races lose a sample now and then, which an average can bear.
        Interlocked.Increment(ref _runs);
        _averageTicks += (ticks - _averageTicks) / 16;
        Drop();
    }

    /// <summary>Takes back what no slot has begun. Until runs were seen to be short again, nothing is claimed ahead.</summary>
    public List<Run> TakeBack()
    {
        List<Run> waiting = [];
        Interlocked.Exchange(ref _runs, 0);
        while (_waiting.Reader.TryRead(out var run))
        {
            waiting.Add(run);
            Drop();
        }

        return waiting;
    }

    /// <summary>No more jobs will come.</summary>
    public void Close() => _waiting.Writer.TryComplete();

    /// <summary>A job is gone that did not run.</summary>
    public void Drop()
    {
        if (Interlocked.Decrement(ref _held) <= Volatile.Read(ref _wakeAt))
            Freed.Set();
    }

    int Allowance() => Volatile.Read(ref _runs) < RunsToKnow
        ? 0
        : (int)Math.Clamp(_supplyTicks / Math.Max(1, Volatile.Read(ref _averageTicks)) * slots, 0, prefetch);
}
