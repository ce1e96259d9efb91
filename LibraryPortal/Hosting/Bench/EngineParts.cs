namespace LibraryPortal.Hosting.Bench;

/// <summary>What the engine's part of a phase went into, in microseconds of processor a job.</summary>
/// <param name="Writing">Serialising arguments, jobs and outcomes.</param>
/// <param name="Reading">Deserialising jobs and arguments.</param>
/// <param name="Store">The Redis client and its socket, or SQLite: what a loop without an engine takes that makes calls of the same size.</param>
/// <param name="Rest">All else, which is scheduling: queues, the thread pool, waits, scopes, fences, metrics.</param>
/// <param name="Batch">Jobs in one call of the store.</param>
internal readonly record struct EngineParts(double Writing, double Reading, double Store, double Rest, double Batch)
{
    /// <param name="store">Of the loop without an engine.</param>
    public static EngineParts Of(BenchCost cost, double writing, double reading, BareCost store) =>
        new(writing, reading, store.Processor, cost.Engine - writing - reading - store.Processor, cost.Batch);
}
