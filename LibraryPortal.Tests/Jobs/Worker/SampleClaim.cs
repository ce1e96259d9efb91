using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Stores;

namespace LibraryPortal.Tests.Jobs.Worker;

/// <summary>Claimed jobs of no handler's, with nothing in them.</summary>
internal static class SampleClaim
{
    public static ClaimedJob New() => new(
        new JobEnvelope { Id = JobId.New(), Name = "test.one", Queue = "default", Priority = JobPriority.Normal, Args = default, EnqueuedAt = default, Retry = default, ResultTtl = default },
        Stamp: 1, Attempt: 1, Crashes: 0, CancelRequested: false);
}
