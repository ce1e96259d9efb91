using LibraryPortal.Jobs;

namespace LibraryPortal.Tests.Chaos;

/// <summary>The callback of a chord.</summary>
public sealed record ChaosWhole(IReadOnlyList<int> Numbers) : IJobArgs;

/// <summary>Notes what it was handed.</summary>
[Job("chaos.whole", Queue = "chaos", MaxAttempts = 3, OnRequestOnly = true)]
internal sealed class ChaosWholeJob(ChaosLedger ledger) : IJobHandler<ChaosWhole>
{
    public const string Subject = "callback";

    public const string Handed = "handed";

    public Task RunAsync(ChaosWhole args, JobContext job)
    {
        ledger.Write(ChaosLine.Start, Subject);
        ledger.Write(Handed, args.Numbers.SequenceEqual(Enumerable.Range(0, args.Numbers.Count)) ? $"{args.Numbers.Count}-in-order" : $"{args.Numbers.Count}");
        ledger.Write(ChaosLine.End, Subject);
        return Task.CompletedTask;
    }
}
