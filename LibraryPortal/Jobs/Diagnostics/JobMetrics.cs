using System.Diagnostics.Metrics;

namespace LibraryPortal.Jobs.Diagnostics;

/// <summary>The engine's meters. Names and tags are listed in <c>Jobs/README.md</c>.</summary>
internal static class JobMetrics
{
    /// <summary>The meter all of them belong to.</summary>
    public const string MeterName = "LibraryPortal.Jobs";

    /// <summary>Outcomes the store accepted, in jobs.</summary>
    public const string AcknowledgedName = "jobs.acknowledged";

    /// <summary>Outcomes the store refused because the job was no longer this worker's, in jobs.</summary>
    public const string FencedName = "jobs.fenced";

    static readonly Meter Meter = new(MeterName);

    public static readonly Counter<long> Acknowledged = Meter.CreateCounter<long>(AcknowledgedName, "{job}", "Outcomes the store accepted.");
    public static readonly Counter<long> HistoryDrained = Meter.CreateCounter<long>("jobs.history.drained", "{job}", "Outcomes carried into the history.");
    public static readonly Histogram<double> HistoryLag = Meter.CreateHistogram<double>("jobs.history.lag", "s", "How long the oldest outcome waited to be carried into the history.");
    public static readonly Counter<long> Fenced = Meter.CreateCounter<long>(FencedName, "{job}", "Outcomes refused: the job was no longer this worker's.");
}
