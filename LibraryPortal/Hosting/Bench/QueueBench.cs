using System.Runtime.InteropServices;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Stores;

namespace LibraryPortal.Hosting.Bench;

/// <summary>Measures the engine on one store, with the real client, store, worker, scope per job, fence and heartbeat. A rate counts only jobs the store
/// acknowledged, and the count is checked against the store.</summary>
internal sealed class QueueBench(IJobStore store, int jobs, int concurrency) : IDisposable
{
    const int WarmUp = 100_000;
    const int PickUps = 1_000;

    static readonly TimeSpan BetweenPickUps = TimeSpan.FromMilliseconds(3);

    readonly BenchTally _tally = new();
    long _expected;

    /// <exception cref="InvalidOperationException">A count was wrong, so no rate means anything.</exception>
    public async Task<BenchFigures> RunAsync(string name, CancellationToken cancellationToken)
    {
        await using var client = await BenchProcess.StartAsync(store, _tally, slots: 0, cancellationToken);
        await client.Client.EnqueueManyAsync(Jobs(WarmUp), cancellationToken: cancellationToken);
        await DrainAsync(WarmUp, cancellationToken);
        var memory = GC.GetTotalMemory(forceFullCollection: true);

        var bulk = await RateAsync(jobs, () => client.Client.EnqueueManyAsync(Jobs(jobs), cancellationToken: cancellationToken));
        await CheckAsync(JobState.Queued, jobs, cancellationToken);
        var drain = await DrainAsync(jobs, cancellationToken);

        var byCallers = jobs / concurrency * concurrency;
        var callers = await RateAsync(byCallers, () => Task.WhenAll(Enumerable.Range(0, concurrency)
            .Select(_ => EnqueueOneByOneAsync(client.Client, byCallers / concurrency, cancellationToken))));
        await DrainAsync(byCallers, cancellationToken);

        var alone = Math.Clamp(jobs / 10, 1, 20_000);
        var oneCaller = await RateAsync(alone, () => EnqueueOneByOneAsync(client.Client, alone, cancellationToken));
        await DrainAsync(alone, cancellationToken);

        var growth = GC.GetTotalMemory(forceFullCollection: true) - memory;
        var pickUps = await PickUpAsync(cancellationToken);
        return new BenchFigures
        {
            Store = name,
            MeasuredAt = TimeProvider.System.GetUtcNow(),
            Machine = $"{Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}",
            Build = BuildName,
            Jobs = jobs,
            Concurrency = concurrency,
            EnqueueBulk = bulk,
            EnqueueCallers = callers,
            EnqueueOneCaller = oneCaller,
            Drain = drain,
            PickUpP50 = pickUps[pickUps.Length / 2],
            PickUpP99 = pickUps[pickUps.Length * 99 / 100],
            PickUpWorst = pickUps[^1],
            MemoryGrowth = growth / 1024.0 / 1024.0,
        };
    }

    public void Dispose() => _tally.Dispose();

#if DEBUG
    const string BuildName = "Debug (slower: use -c Release)";
#else
    const string BuildName = "Release";
#endif

    static IEnumerable<BenchNoop> Jobs(int count) => Enumerable.Range(0, count).Select(static number => new BenchNoop(number));

    static async Task EnqueueOneByOneAsync(IJobClient client, int count, CancellationToken cancellationToken)
    {
        for (var number = 0; number < count; number++)
            await client.EnqueueAsync(new BenchNoop(number), cancellationToken: cancellationToken);
    }

    static async Task<double> RateAsync(int count, Func<Task> work)
    {
        var began = TimeProvider.System.GetTimestamp();
        await work();
        return count / TimeProvider.System.GetElapsedTime(began).TotalSeconds;
    }

    async Task<double> DrainAsync(int count, CancellationToken cancellationToken)
    {
        var acknowledged = _tally.Expect(count);
        var began = TimeProvider.System.GetTimestamp();
        double rate;
        await using (await BenchProcess.StartAsync(store, _tally, concurrency, cancellationToken))
        {
            await acknowledged.WaitAsync(cancellationToken);
            rate = count / TimeProvider.System.GetElapsedTime(began).TotalSeconds;
        }

        _expected += count;
        await CheckAsync(JobState.Succeeded, _expected, cancellationToken);
        return _tally.Runs == count
            ? rate
            : throw new InvalidOperationException($"{_tally.Runs} handlers ran for {count} jobs: this run measured nothing.");
    }

    async Task<double[]> PickUpAsync(CancellationToken cancellationToken)
    {
        await using var process = await BenchProcess.StartAsync(store, _tally, concurrency, cancellationToken);
        _tally.Timed = true;
        var times = new double[PickUps];
        for (var turn = -50; turn < PickUps; turn++)
        {
            await Task.Delay(BetweenPickUps, TimeProvider.System, cancellationToken);
            var began = TimeProvider.System.GetTimestamp();
            await process.Client.EnqueueAsync(new BenchNoop(turn), cancellationToken: cancellationToken);
            await _tally.NextBeganAsync(cancellationToken);
            if (turn >= 0)
                times[turn] = TimeProvider.System.GetElapsedTime(began, _tally.BeganAt).TotalMilliseconds;
        }

        Array.Sort(times);
        return times;
    }

    async Task CheckAsync(JobState state, long expected, CancellationToken cancellationToken)
    {
        var found = (await store.CountAsync(cancellationToken))[state];
        if (found != expected)
            throw new InvalidOperationException($"The store has {found} jobs {state}, not {expected}: this run measured nothing.");
    }
}
