using System.ComponentModel.DataAnnotations;

namespace LibraryPortal.Jobs.History;

/// <summary>Settings of the history, under <c>Jobs:History:</c>. Checked at start.</summary>
public sealed class HistoryOptions
{
    /// <summary>The section of the configuration they are read from.</summary>
    public const string Section = "Jobs:History";

    /// <summary>How long an outcome is kept. Default: 90 days; 1 minute to 36,500 days.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "36500.00:00:00")]
    public TimeSpan KeepFor { get; set; } = TimeSpan.FromDays(90);

    /// <summary>Outcomes kept at most, the latest. Default: 1,000,000; 1 to 1,000,000,000.</summary>
    [Range(1L, 1_000_000_000L)]
    public long KeepAtMost { get; set; } = 1_000_000;

    /// <summary>How long a success stays in the store once it is in the history; its time-to-live ends it sooner. Default: 10 minutes; 0 to 365 days.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "365.00:00:00")]
    public TimeSpan KeepInStore { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How often a process looks for outcomes that others recorded. Those of its own worker are fetched at once. Default: 15 s; 10 ms to 10 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:10:00")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(15);
}
