using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Stores;

namespace LibraryPortal.Tests.Jobs.Stores.Model;

/// <summary>A real store whose time the test turns, and where the two stores differ by design.</summary>
public abstract class ModelTarget : IAsyncDisposable
{
    public IJobStore Store { get; protected set; } = null!;

    /// <summary>Whether a job handed back goes to the very place it had; else it goes to the head of its lane.</summary>
    public abstract bool KeepsPlaces { get; }

    /// <summary>Whether it knows after a restart of everything when a worker was last heard of; else nobody is given up for a while.</summary>
    public abstract bool RemembersSilence { get; }

    /// <summary>Whether what follows in a flow from the end of a job comes before the next job of the same call; else after all of them.</summary>
    public abstract bool FollowsAtOnce { get; }

    /// <summary>Whether the record of a job stays for as long as its flow does; else it goes when its own time is over.</summary>
    public abstract bool KeepsJobsOfFlows { get; }

    /// <summary>An empty store.</summary>
    public abstract Task StartAsync();

    /// <summary>As after a restart of everything.</summary>
    public abstract Task ReopenAsync();

    public abstract Task SetTimeAsync(DateTimeOffset now);

    /// <summary>Waits for what the store does that no call waits for.</summary>
    public virtual Task SettleAsync() => Task.CompletedTask;

    /// <summary>Every place in the store's own structures at which the id of a job stands, once for each.</summary>
    public abstract Task<IReadOnlyList<JobId>> FindPlacesAsync();

    /// <summary>What the store's own structures still hold of flows: nothing once all are forgotten.</summary>
    public abstract Task<IReadOnlyList<string>> FindTracesOfFlowsAsync();

    public abstract ValueTask DisposeAsync();
}
