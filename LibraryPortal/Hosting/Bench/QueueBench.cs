using System.Runtime.InteropServices;
using LibraryPortal.Jobs;

namespace LibraryPortal.Hosting.Bench;

/// <summary>Measures the engine on one kind of store, with the real client, store, worker, scope per job, fence and heartbeat: warmed up, in rounds on fresh stores, medians.</summary>
internal sealed class QueueBench(Func<Task<BenchStore>> open, int jobs, int concurrency)
{
    // The runtime compiles what is hot in stages, by calls and by time, and a batch is one call: with fewer rounds the figures told of its compiler.
    const int WarmUps = 5;
    const int WarmUpJobs = 60_000;
    const int Rounds = 3;

    static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(5);
    static readonly TimeSpan BeforeIdle = TimeSpan.FromSeconds(1);

    /// <param name="brief">Rates only.</param>
    /// <exception cref="InvalidOperationException">A count was wrong, so no rate means anything.</exception>
    public async Task<BenchFigures> RunAsync(bool brief, CancellationToken cancellationToken)
    {
        using var tally = new BenchTally();
        for (var turn = 0; turn < WarmUps; turn++)
            await RoundAsync(tally, Math.Min(WarmUpJobs, jobs), cancellationToken);
        List<RoundFigures> rounds = [];
        while (rounds.Count < Rounds)
            rounds.Add(await RoundAsync(tally, jobs, cancellationToken));

        var middle = RoundFigures.Median(rounds);
        var beside = brief ? default : await BesideAsync(tally, cancellationToken);
        var memory = brief ? null : await MemoryAsync(tally, middle.BytesPerJob, cancellationToken);
        await using var opened = await open();
        return new BenchFigures
        {
            Store = opened.Kind,
            Server = await opened.DescribeAsync(),
            MeasuredAt = TimeProvider.System.GetUtcNow(),
            Machine = $"{Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}",
            Build = BuildName,
            Jobs = jobs,
            Concurrency = concurrency,
            EnqueueBulk = middle.Bulk,
            EnqueueCallers = middle.Callers,
            EnqueueOneCaller = middle.OneCaller,
            Drain = middle.Drain,
            Details = memory is null ? null : await DetailsAsync(opened, tally, middle, memory, cancellationToken) with { DrainTraced = beside.Traced, DrainTold = beside.Told },
        };
    }

    async Task<RoundFigures> RoundAsync(BenchTally tally, int count, CancellationToken cancellationToken)
    {
        await using var opened = await open();
        await opened.Store.CheckAsync(cancellationToken);
        return await new RateBench(opened, tally, concurrency).RunAsync(count, cancellationToken);
    }

    // What watching and keeping cost. The first turn of each is for the compiler, and on a store of its own: one reader of outcomes keeps others out for a while.
    async Task<(BenchCost Traced, BenchCost Told)> BesideAsync(BenchTally tally, CancellationToken cancellationToken)
    {
        await using var history = await BenchHistory.OpenAsync(cancellationToken);
        (BenchCost Traced, BenchCost Told) costs = default;
        foreach (var count in new[] { Math.Min(WarmUpJobs, jobs), jobs })
        {
            await using var opened = await open();
            var rates = new RateBench(opened, tally, concurrency);
            costs = (await rates.RunTracedAsync(count, cancellationToken), await rates.RunToldAsync(count, history, cancellationToken));
        }

        return costs;
    }

    // On a store with nothing else in it: what others leave there would grow and shrink meanwhile.
    async Task<MemoryFigures> MemoryAsync(BenchTally tally, double perJob, CancellationToken cancellationToken)
    {
        await using var opened = await open();
        await using var worker = await BenchProcess.StartAsync(opened.Store, tally, concurrency, cancellationToken);
        return await new MemoryBench(opened, tally, worker.Client, jobs).RunAsync(perJob, cancellationToken);
    }

    async Task<DetailFigures> DetailsAsync(BenchStore opened, BenchTally tally, RoundFigures rates, MemoryFigures memory, CancellationToken cancellationToken)
    {
        var bare = await BareAsync(opened, rates);
        await using var worker = await BenchProcess.StartAsync(opened.Store, tally, concurrency, cancellationToken);
        var latency = new LatencyBench(tally, worker.Client, concurrency);
        var pickUp = await latency.PickUpAsync(cancellationToken);
        var due = await latency.DueAsync(cancellationToken);
        var idle = await IdleAsync(opened, cancellationToken);
        var capacity = await latency.CapacityAsync(jobs, cancellationToken);
        List<LoadFigures> load = [];
        foreach (var percent in new[] { 10, 50, 80 })
            load.Add(await latency.LoadAsync(percent, capacity, cancellationToken));
        // The last on the store: another process' connections are no part of what an idle worker costs.
        var pickUpElsewhere = await PickUpElsewhereAsync(opened, tally, cancellationToken);
        var serialising = SerialiserBench.Run(worker.Client, opened.Form);
        return new DetailFigures
        {
            PickUp = pickUp, PickUpElsewhere = pickUpElsewhere, Due = due, Capacity = capacity, Load = load, Idle = idle, Memory = memory, Bare = bare.Limit,
            BulkParts = EngineParts.Of(rates.Bulk, serialising.Written, 0, bare.Alike.Enqueue),
            CallerParts = EngineParts.Of(rates.Callers, serialising.Written, 0, bare.AlikeCallers.Enqueue),
            DrainParts = EngineParts.Of(rates.Drain, serialising.Ended, serialising.Read, bare.Alike.Drain),
        };
    }

    // Beside the worker that runs already.
    static async Task<Delays?> PickUpElsewhereAsync(BenchStore opened, BenchTally tally, CancellationToken cancellationToken)
    {
        if (opened.Elsewhere is not { } store)
            return null;
        await using var caller = BenchProcess.Prepare(store, tally, slots: 0);
        return await new LatencyBench(tally, caller.Client, 1).PickUpAsync(cancellationToken);
    }

    // The least that can be, and the same with calls as large as the engine's were: a small call costs the client and its socket more a job.
    async Task<(BareFigures Limit, BareFigures Alike, BareFigures AlikeCallers)> BareAsync(BenchStore opened, RoundFigures rates)
    {
        static int Whole(double batch) => Math.Max(1, (int)Math.Round(batch));
        await opened.RunBareAsync(new BareWork(Math.Min(WarmUpJobs, jobs)));
        return (
            await opened.RunBareAsync(new BareWork(jobs)),
            await opened.RunBareAsync(new BareWork(jobs) { EnqueueBatch = Whole(rates.Bulk.Batch), DrainBatch = Whole(rates.Drain.Batch) }),
            await opened.RunBareAsync(new BareWork(jobs / 2) { EnqueueBatch = Whole(rates.Callers.Batch), UnderWay = 1 }));
    }

#if DEBUG
    const string BuildName = "Debug (slower: use -c Release)";
#else
    const string BuildName = "Release";
#endif

    static async Task<IdleFigures> IdleAsync(BenchStore opened, CancellationToken cancellationToken)
    {
        await Task.Delay(BeforeIdle, TimeProvider.System, cancellationToken);
        var before = await opened.Probe.ReadAsync();
        await Task.Delay(IdleTime, TimeProvider.System, cancellationToken);
        var after = await opened.Probe.ReadAsync();
        var seconds = TimeProvider.System.GetElapsedTime(before.At, after.At).TotalSeconds;
        return new IdleFigures(
            (after.Commands - before.Commands) / seconds, (after.EngineCpu - before.EngineCpu).TotalSeconds / seconds * 100, (after.RedisCpu - before.RedisCpu).TotalSeconds / seconds * 100);
    }
}
