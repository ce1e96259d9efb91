using System.ComponentModel.DataAnnotations;

namespace LibraryPortal.Jobs.Schedules;

/// <summary>Settings of the scheduler, under <c>Jobs:Schedules:</c> in the configuration. Checked at start.</summary>
public sealed class SchedulerOptions
{
    /// <summary>The section of the configuration they are read from.</summary>
    public const string Section = JobsOptions.Section + ":Schedules";

    /// <summary>A due time found later than this was missed, and the missed-run policy decides; one found sooner fires anyway. Default: 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:30")]
    public TimeSpan MissedAfter { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest a scheduler rests: how late it learns of a change of which the hint was lost. Default: 10 s; less than <see cref="MissedAfter"/>.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(10);
}
