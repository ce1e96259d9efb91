using System.Runtime.InteropServices;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Stores;

namespace LibraryPortal.Hosting.Bench;

/// <summary>Measures the engine on one store, with the real client, store, worker, scope per job, fence and heartbeat. A rate counts only jobs the store
/// acknowledged, and the count is checked against the store.</summary>
internal sealed class QueueBench(BenchStore opened, int jobs, int concurrency) : IDisposable
{
    // Long enough for the runtime to have compiled what is hot as well as it will.
    const int WarmUp = 100_000;

    static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(5);
    static readonly TimeSpan ShortTtl = TimeSpan.FromSeconds(1);

    readonly IJobStore _store = opened.Store;
    readonly BenchTally _tally = new();
    long _expected;

    /// <exception cref="InvalidOperationException">A count was wrong, so no rate means anything.</exception>
    /// <param name="brief">Rates only.</param>
    public async Task<BenchFigures> RunAsync(bool brief, CancellationToken cancellationToken)
    {
        await using var process = await BenchProcess.StartAsync(_store, _tally, slots: 0, cancellationToken);
        var client = process.Client;
        await client.EnqueueManyAsync(Jobs(WarmUp), cancellationToken: cancellationToken);
        await DrainAsync(WarmUp, cancellationToken);

        var before = await opened.Probe.ReadAsync(withMemory: true);
        var fileBefore = opened.FileSize;
        var bulk = await CostAsync(jobs, () => client.EnqueueManyAsync(Jobs(jobs), cancellationToken: cancellationToken));
        await CheckAsync(JobState.Queued, jobs, cancellationToken);
        var full = await opened.Probe.ReadAsync();
        var perJob = (full.RedisMemory - before.RedisMemory + opened.FileSize - fileBefore) / (double)jobs;
        var drain = await DrainAsync(jobs, cancellationToken);

        var byCallers = jobs / concurrency * concurrency;
        var callers = await CostAsync(byCallers, () => Task.WhenAll(Enumerable.Range(0, concurrency)
            .Select(_ => EnqueueOneByOneAsync(client, byCallers / concurrency, cancellationToken))));
        await DrainAsync(byCallers, cancellationToken);

        var alone = Math.Clamp(jobs / 10, 1, 20_000);
        var oneCaller = await CostAsync(alone, () => EnqueueOneByOneAsync(client, alone, cancellationToken));
        await DrainAsync(alone, cancellationToken);

        return new BenchFigures
        {
            Store = opened.Kind,
            MeasuredAt = TimeProvider.System.GetUtcNow(),
            Machine = $"{Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}",
            Build = BuildName,
            Jobs = jobs,
            Concurrency = concurrency,
            EnqueueBulk = bulk,
            EnqueueCallers = callers,
            EnqueueOneCaller = oneCaller,
            Drain = drain,
            Details = brief ? null : await DetailsAsync(client, perJob, cancellationToken),
        };
    }

    public void Dispose() => _tally.Dispose();

    async Task<DetailFigures> DetailsAsync(IJobClient client, double perJob, CancellationToken cancellationToken)
    {
        var bare = await opened.RunBareAsync(jobs);
        await using var worker = await BenchProcess.StartAsync(_store, _tally, concurrency, cancellationToken);
        var latency = new LatencyBench(_tally, worker.Client, concurrency);
        var pickUp = await latency.PickUpAsync(cancellationToken);
        var due = await latency.DueAsync(cancellationToken);
        var idle = await IdleAsync(cancellationToken);
        var capacity = await latency.CapacityAsync(jobs, cancellationToken);
        List<LoadFigures> load = [];
        foreach (var percent in new[] { 10, 50, 80 })
            load.Add(await latency.LoadAsync(percent, capacity, cancellationToken));
        var memory = await MemoryAsync(worker.Client, cancellationToken);
        return new DetailFigures
        {
            PickUp = pickUp, Due = due, Capacity = capacity, Load = load, Idle = idle, Memory = memory with { PerWaitingJob = perJob }, Bare = bare,
            Serialising = SerialiserBench.Run(client),
        };
    }

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

    async Task<BenchCost> CostAsync(int count, Func<Task> work)
    {
        var before = await opened.Probe.ReadAsync();
        var began = TimeProvider.System.GetTimestamp();
        await work();
        var rate = count / TimeProvider.System.GetElapsedTime(began).TotalSeconds;
        return BenchCost.Between(before, await opened.Probe.ReadAsync(), count, rate);
    }

    async Task<BenchCost> DrainAsync(int count, CancellationToken cancellationToken)
    {
        var acknowledged = _tally.Expect(count);
        BenchCost cost;
        await using (var worker = BenchProcess.Prepare(_store, _tally, concurrency))
        {
            cost = await CostAsync(count, async () =>
            {
                await worker.StartAsync(cancellationToken);
                await acknowledged.WaitAsync(cancellationToken);
            });
        }

        _expected += count;
        await CheckAsync(JobState.Succeeded, _expected, cancellationToken);
        return _tally.Runs == count
            ? cost
            : throw new InvalidOperationException($"{_tally.Runs} handlers ran for {count} jobs: this run measured nothing.");
    }

    async Task<IdleFigures> IdleAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(ShortTtl, TimeProvider.System, cancellationToken);
        var before = await opened.Probe.ReadAsync();
        await Task.Delay(IdleTime, TimeProvider.System, cancellationToken);
        var after = await opened.Probe.ReadAsync();
        var seconds = TimeProvider.System.GetElapsedTime(before.At, after.At).TotalSeconds;
        return new IdleFigures(
            (after.Commands - before.Commands) / seconds, (after.EngineCpu - before.EngineCpu).TotalSeconds / seconds * 100, (after.RedisCpu - before.RedisCpu).TotalSeconds / seconds * 100);
    }

    // Jobs whose records live for a second: once they are over and pruned, the store must be where it was.
    async Task<MemoryFigures> MemoryAsync(IJobClient client, CancellationToken cancellationToken)
    {
        var before = await opened.Probe.ReadAsync(withMemory: true);
        var all = _tally.Expect(jobs);
        await client.EnqueueManyAsync(Jobs(jobs), options => options.ResultTtl(ShortTtl), cancellationToken);
        await all.WaitAsync(cancellationToken);
        await Task.Delay(ShortTtl * 1.5, TimeProvider.System, cancellationToken);
        while (await _store.PruneAsync(1_000, cancellationToken) > 0)
        {
            // Bite by bite, as the worker does.
        }

        var after = await opened.Probe.ReadAsync(withMemory: true);
        return new MemoryFigures(0, after.RedisMemory - before.RedisMemory, after.EngineMemory - before.EngineMemory);
    }

    async Task CheckAsync(JobState state, long expected, CancellationToken cancellationToken)
    {
        var found = (await _store.CountAsync(cancellationToken))[state];
        if (found != expected)
            throw new InvalidOperationException($"The store has {found} jobs {state}, not {expected}: this run measured nothing.");
    }
}
