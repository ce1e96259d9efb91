namespace LibraryPortal.Hosting.Bench;

/// <summary>What one round of rates came to.</summary>
/// <param name="Drain">From the first run to the last completion the store acknowledged: a worker's start is no drain.</param>
/// <param name="BytesPerJob">What a waiting job takes in the store.</param>
internal sealed record RoundFigures(BenchCost Bulk, BenchCost Callers, BenchCost OneCaller, BenchCost Drain, double BytesPerJob)
{
    /// <summary>Of each figure the one in the middle of all rounds.</summary>
    public static RoundFigures Median(IReadOnlyList<RoundFigures> rounds)
    {
        BenchCost Cost(Func<RoundFigures, BenchCost> read) => Middle(rounds.Select(read).OrderBy(static cost => cost.Rate));
        return new RoundFigures(
            Cost(static round => round.Bulk), Cost(static round => round.Callers), Cost(static round => round.OneCaller), Cost(static round => round.Drain),
            Middle(rounds.Select(static round => round.BytesPerJob).Order()));
    }

    static T Middle<T>(IEnumerable<T> sorted)
    {
        T[] all = [.. sorted];
        return all[all.Length / 2];
    }
}
