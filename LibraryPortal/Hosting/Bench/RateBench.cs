using LibraryPortal.Jobs;

namespace LibraryPortal.Hosting.Bench;

/// <summary>Measures rates on one store. A rate counts only jobs the store acknowledged, and each count is checked against the store.</summary>
internal sealed class RateBench(BenchStore opened, BenchTally tally, int concurrency)
{
    long _expected;

    /// <summary>One round: so many in bulk, half as many by callers who each wait for the store's answer, some by one of these alone; all of them run.</summary>
    /// <exception cref="InvalidOperationException">A count was wrong, so no rate means anything.</exception>
    public async Task<RoundFigures> RunAsync(int jobs, CancellationToken cancellationToken)
    {
        await using var process = await BenchProcess.StartAsync(opened.Store, tally, slots: 0, cancellationToken);
        var client = process.Client;
        // No round pays for the garbage of the one before.
        GC.Collect();
        var before = await opened.ReadBytesInUseAsync();
        var bulk = await CostAsync(jobs, () => client.EnqueueManyAsync(BenchNoop.Many(jobs), cancellationToken: cancellationToken));
        await CheckAsync(JobState.Queued, jobs, cancellationToken);
        var perJob = (await opened.ReadBytesInUseAsync() - before) / (double)jobs;
        var drain = await DrainAsync(jobs, cancellationToken);

        var each = Math.Max(1, jobs / 2 / concurrency);
        var callers = await CostAsync(each * concurrency, () => Task.WhenAll(Enumerable.Range(0, concurrency).Select(_ => EnqueueOneByOneAsync(client, each, cancellationToken))));
        await DrainAsync(each * concurrency, cancellationToken);

        var alone = Math.Clamp(jobs / 20, 1, 10_000);
        var oneCaller = await CostAsync(alone, () => EnqueueOneByOneAsync(client, alone, cancellationToken));
        await DrainAsync(alone, cancellationToken);
        return new RoundFigures(bulk, callers, oneCaller, drain, perJob);
    }

    /// <summary>A drain while every activity is heard, too.</summary>
    /// <inheritdoc cref="RunAsync"/>
    public async Task<BenchCost> RunTracedAsync(int jobs, CancellationToken cancellationToken)
    {
        await using var process = await BenchProcess.StartAsync(opened.Store, tally, slots: 0, cancellationToken);
        await process.Client.EnqueueManyAsync(BenchNoop.Many(jobs), cancellationToken: cancellationToken);
        using var traces = BenchListeners.HearTraces();
        return await DrainAsync(jobs, cancellationToken);
    }

    /// <summary>A drain whose outcomes go into a history at the same time.</summary>
    /// <inheritdoc cref="RunAsync"/>
    public async Task<BenchCost> RunToldAsync(int jobs, BenchHistory history, CancellationToken cancellationToken)
    {
        await using var process = await BenchProcess.StartAsync(opened.Store, tally, slots: 0, cancellationToken, history);
        await process.Client.EnqueueManyAsync(BenchNoop.Many(jobs), cancellationToken: cancellationToken);
        return await DrainAsync(jobs, cancellationToken, history);
    }

    static async Task EnqueueOneByOneAsync(IJobClient client, int count, CancellationToken cancellationToken)
    {
        for (var number = 0; number < count; number++)
            await client.EnqueueAsync(new BenchNoop(number), cancellationToken: cancellationToken);
    }

    async Task<BenchCost> CostAsync(int count, Func<Task> work)
    {
        var before = await opened.Probe.ReadAsync();
        tally.TakeBatch();
        var began = TimeProvider.System.GetTimestamp();
        await work();
        var rate = count / TimeProvider.System.GetElapsedTime(began).TotalSeconds;
        return BenchCost.Between(before, await opened.Probe.ReadAsync(), count, rate, tally.TakeBatch());
    }

    // With every metric heard, as where somebody watches.
    async Task<BenchCost> DrainAsync(int count, CancellationToken cancellationToken, BenchHistory? history = null)
    {
        using var metrics = BenchListeners.HearMetrics();
        var acknowledged = tally.Expect(count);
        BenchCost cost;
        await using (var worker = BenchProcess.Prepare(opened.Store, tally, concurrency, history))
        {
            var rate = 0.0;
            cost = await CostAsync(count, async () =>
            {
                await worker.StartAsync(cancellationToken);
                await acknowledged.WaitAsync(cancellationToken);
                rate = count / TimeProvider.System.GetElapsedTime(tally.FirstBegan).TotalSeconds;
            });
            cost = cost with { Rate = rate };
        }

        _expected += count;
        await CheckAsync(JobState.Succeeded, _expected, cancellationToken);
        return tally.Runs == count
            ? cost
            : throw new InvalidOperationException($"{tally.Runs} handlers ran for {count} jobs: this run measured nothing.");
    }

    async Task CheckAsync(JobState state, long expected, CancellationToken cancellationToken)
    {
        var found = (await opened.Store.CountAsync(cancellationToken))[state];
        if (found != expected)
            throw new InvalidOperationException($"The store has {found} jobs {state}, not {expected}: this run measured nothing.");
    }
}
