using LibraryPortal.Jobs;

namespace LibraryPortal.Tests.Chaos;

/// <summary>Work that leaves a trace.</summary>
/// <param name="Number">Tells one job from another.</param>
/// <param name="Milliseconds">How long it takes.</param>
/// <param name="Until">When told: its time begins when this file is there, and it does not end before.</param>
public sealed record ChaosWork(int Number, int Milliseconds, string? Until = null) : IJobArgs;

/// <summary>Writes to the ledger when it begins and when it ends. It heeds its token as an honest handler does.</summary>
[Job("chaos.work", Queue = "chaos", MaxAttempts = 3, OnRequestOnly = true)]
internal sealed class ChaosJob(ChaosLedger ledger, TimeProvider clock) : IJobHandler<ChaosWork>
{
    static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(50);

    public async Task RunAsync(ChaosWork args, JobContext job)
    {
        ledger.Write(ChaosLine.Start, args.Number);
        while (args.Until is not null && !File.Exists(args.Until))
            await Task.Delay(BetweenLooks, clock, job.CancellationToken);
        if (args.Milliseconds > 0)
            await Task.Delay(TimeSpan.FromMilliseconds(args.Milliseconds), clock, job.CancellationToken);
        ledger.Write(ChaosLine.End, args.Number);
    }
}
