namespace LibraryPortal.Hosting.JobCommands;

/// <summary>What became of a request for one job, flow or schedule.</summary>
/// <param name="Name">For programs.</param>
/// <param name="IsDone">False: refused as things are.</param>
/// <param name="Words">To follow what it was asked for, such as "Job ID", in a sentence.</param>
internal sealed record JobReply(string Name, bool IsDone, string Words)
{
    public const string UnknownWords = "is unknown, or its record is no longer kept.";
}
