using LibraryPortal.Jobs.Stores;

namespace LibraryPortal.Jobs.Diagnostics;

/// <inheritdoc cref="IJobStoreStatus"/>
/// <remarks>A forwarder and not the store itself: whoever is given the store by a factory also disposes it.</remarks>
internal sealed class JobStoreStatus(IJobStore store) : IJobStoreStatus
{
    public string? Outage => store.Outage;

    public event Action? Changed
    {
        add => store.Changed += value;
        remove => store.Changed -= value;
    }
}
