using LibraryPortal.Jobs;

namespace LibraryPortal.Hosting.Bench;

/// <summary>Measures delays: on an idle worker, at due times, and while jobs arrive at a steady rate whatever becomes of those before them (an open loop).</summary>
internal sealed class LatencyBench(BenchTally tally, IJobClient client, int concurrency)
{
    // So many that ten, and four, lie beyond p99.9.
    const int PickUps = 10_000;
    const int DueJobs = 4_000;

    // What only an idle worker does is still to be compiled, in stages that take some hundred milliseconds.
    const int WarmUps = 300;

    static readonly TimeSpan BetweenPickUps = TimeSpan.FromMilliseconds(3);
    static readonly TimeSpan BetweenDue = TimeSpan.FromMilliseconds(5);
    static readonly TimeSpan LoadTime = TimeSpan.FromSeconds(6);

    public async Task<Delays> PickUpAsync(CancellationToken cancellationToken)
    {
        for (var turn = -WarmUps; turn < PickUps; turn++)
        {
            if (turn == 0)
                tally.TakeDelays();
            await Task.Delay(BetweenPickUps, TimeProvider.System, cancellationToken);
            await client.EnqueueAsync(new BenchNoop(turn, Now), cancellationToken: cancellationToken);
            await tally.NextBeganAsync(cancellationToken);
        }

        return Delays.Of(tally.TakeDelays());
    }

    /// <exception cref="InvalidOperationException">A job began before its time.</exception>
    public async Task<Delays> DueAsync(CancellationToken cancellationToken)
    {
        var first = DateTimeOffset.FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() + 1_000);
        var jobs = Enumerable.Range(0, DueJobs).Select(i => first + (BetweenDue * i))
            .Select((due, i) => client.Prepare(new BenchNoop(i, due.UtcTicks), options => options.At(due))).ToList();
        var all = tally.Expect(DueJobs);
        await client.SubmitAsync(jobs, cancellationToken);
        await all.WaitAsync(cancellationToken);
        var delays = tally.TakeDelays();
        return delays.Min() < 0
            ? throw new InvalidOperationException($"A job began {-delays.Min():N3} ms before its time.")
            : Delays.Of(delays);
    }

    /// <summary>Jobs a second that many callers, each waiting for the store's answer, get through the engine while it runs them.</summary>
    public async Task<double> CapacityAsync(int jobs, CancellationToken cancellationToken)
    {
        var each = jobs / concurrency;
        var all = tally.Expect(each * concurrency);
        var began = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, concurrency).Select(_ => Task.Run(async () =>
        {
            for (var number = 0; number < each; number++)
                await client.EnqueueAsync(new BenchNoop(number), cancellationToken: cancellationToken);
        }, cancellationToken)));
        await all.WaitAsync(cancellationToken);
        return each * concurrency / TimeProvider.System.GetElapsedTime(began).TotalSeconds;
    }

    /// <exception cref="JobStoreUnavailableException">One of the jobs was not accepted.</exception>
    public async Task<LoadFigures> LoadAsync(int percent, double capacity, CancellationToken cancellationToken)
    {
        var rate = capacity * percent / 100;
        var count = (int)(rate * LoadTime.TotalSeconds);
        var all = tally.Expect(count);
        tally.TakeDelays();
        var late = new double[count];
        var began = Now;
        Queue<Task> underWay = [];
        for (var sent = 0; sent < count;)
        {
            var arrived = Math.Min(count, (int)((Now - began) * rate / TimeSpan.TicksPerSecond));
            // Counted from when it was to come, not from when this loop got to it.
            for (; sent < arrived; sent++)
            {
                var moment = began + (long)(sent / rate * TimeSpan.TicksPerSecond);
                late[sent] = (Now - moment) / (double)TimeSpan.TicksPerMillisecond;
                underWay.Enqueue(client.EnqueueAsync(new BenchNoop(sent, moment), cancellationToken: cancellationToken));
            }

            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, cancellationToken);
            // Each is looked at: for the run of one that was refused the end would be awaited for ever.
            while (underWay.TryPeek(out var oldest) && oldest.IsCompleted)
                await underWay.Dequeue();
        }

        await Task.WhenAll(underWay);
        await all.WaitAsync(cancellationToken);
        return new LoadFigures(percent, rate, Delays.Of(tally.TakeDelays()), Delays.Of(late));
    }

    static long Now => TimeProvider.System.GetUtcNow().UtcTicks;
}
