using LibraryPortal.Jobs;

namespace LibraryPortal.Hosting.Bench;

/// <summary>Whether everything is where it was once many jobs are over and forgotten: the store, its file, and this process.</summary>
/// <param name="portion">Jobs accepted at once.</param>
internal sealed class MemoryBench(BenchStore opened, BenchTally tally, IJobClient client, int portion)
{
    const int Portions = 5;
    const int Bite = 1_000;

    // How long their records live.
    static readonly TimeSpan Ttl = TimeSpan.FromSeconds(1);

    /// <param name="perWaitingJob">Measured elsewhere, in bytes.</param>
    public async Task<MemoryFigures> RunAsync(double perWaitingJob, CancellationToken cancellationToken)
    {
        var before = await ReadAsync();
        for (var turn = 0; turn < Portions; turn++)
            await ComeAndGoAsync(cancellationToken);
        await ForgetAsync(cancellationToken);
        var after = await ReadAsync();
        return new MemoryFigures(
            perWaitingJob, Portions * portion, after.Store - before.Store, after.File - before.File, after.Managed - before.Managed, after.WorkingSet - before.WorkingSet);
    }

    async Task ComeAndGoAsync(CancellationToken cancellationToken)
    {
        var all = tally.Expect(portion);
        await client.EnqueueManyAsync(BenchNoop.Many(portion), static options => options.ResultTtl(Ttl), cancellationToken);
        await all.WaitAsync(cancellationToken);
        await PruneAsync(cancellationToken);
    }

    // Redis gives back the tables of what is gone in turns of its own.
    async Task ForgetAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(Ttl * 1.5, TimeProvider.System, cancellationToken);
        await PruneAsync(cancellationToken);
        await Task.Delay(Ttl, TimeProvider.System, cancellationToken);
    }

    // Bite by bite, as the worker does.
    async Task PruneAsync(CancellationToken cancellationToken)
    {
        while (await opened.Store.PruneAsync(Bite, cancellationToken) > 0)
        {
            // What is left is for the next.
        }
    }

    async Task<(long Store, long File, long Managed, long WorkingSet)> ReadAsync()
    {
        // What is garbage is neither in use nor to be given back later.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return (await opened.ReadBytesInUseAsync(), opened.FileSize, GC.GetTotalMemory(forceFullCollection: true), Environment.WorkingSet);
    }
}

/// <summary>In bytes; growth is what there is after the jobs of the memory phase have ended and were forgotten, less what was before.</summary>
/// <param name="PerWaitingJob">What the store takes for a job that waits: Redis' memory, or pages of the file.</param>
/// <param name="Jobs">That came and went.</param>
/// <param name="StoreGrowth">Redis' memory, or the pages of the file that are in use.</param>
/// <param name="FileGrowth">The file with its write-ahead log, which keeps free pages for what comes; 0 where there is none.</param>
/// <param name="ManagedGrowth">Objects of this process.</param>
/// <param name="ProcessGrowth">The working set of this process.</param>
internal sealed record MemoryFigures(double PerWaitingJob, int Jobs, long StoreGrowth, long FileGrowth, long ManagedGrowth, long ProcessGrowth);
