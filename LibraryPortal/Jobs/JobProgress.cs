namespace LibraryPortal.Jobs;

/// <summary>How far a running job is.</summary>
/// <param name="Done">Units done.</param>
/// <param name="Total">Units in all; 0 when unknown.</param>
/// <param name="Message">What it does now, in a few words.</param>
public sealed record JobProgress(long Done, long Total, string? Message)
{
    /// <summary>From 0 to 100, rounded down; null when the total is unknown.</summary>
    public int? Percent => Total <= 0 ? null : (int)Int128.Clamp((Int128)Done * 100 / Total, 0, 100);
}
