using LibraryPortal.Jobs;

namespace LibraryPortal.Tests.Chaos;

/// <summary>A part of a chord, which comes to its own number.</summary>
/// <param name="Gate">When told: it ends once this file is there.</param>
public sealed record ChaosPart(int Number, string? Gate) : IJobArgs<int>;

[Job("chaos.part", Queue = "chaos", MaxAttempts = 3, OnRequestOnly = true)]
internal sealed class ChaosPartJob(ChaosLedger ledger, TimeProvider clock) : IJobHandler<ChaosPart, int>
{
    public async Task<int> RunAsync(ChaosPart args, JobContext job)
    {
        ledger.Write(ChaosLine.Start, args.Number);
        // Long enough that a callback let go too early finds others before it still running.
        do
            await Task.Delay(TimeSpan.FromMilliseconds(10), clock, job.CancellationToken);
        while (args.Gate is not null && !File.Exists(args.Gate));
        ledger.Write(ChaosLine.End, args.Number);
        return args.Number;
    }
}
