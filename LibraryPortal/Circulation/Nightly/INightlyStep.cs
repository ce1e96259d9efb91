namespace LibraryPortal.Circulation.Nightly;

/// <summary>One thing that happens by itself every night. It may run late, twice, or beside itself in another process: what is done is done once.</summary>
internal interface INightlyStep
{
    /// <summary>As it stands in the job's progress: <c>Ending old requests</c>.</summary>
    string Name { get; }

    /// <returns>How many rows it changed.</returns>
    Task<int> RunAsync(CancellationToken cancellationToken);
}
