using LibraryPortal.Jobs.Stores;

namespace LibraryPortal.Jobs.Events;

/// <inheritdoc cref="IJobEvents"/>
/// <remarks>A forwarder and not the store itself: whoever is given the store by a factory also disposes it.</remarks>
internal sealed class JobEvents(IJobStore store) : IJobEvents
{
    public IDisposable Subscribe(Action<IReadOnlyList<JobEvent>> listener) => store.Subscribe(listener);

    public IDisposable SubscribeToGaps(Action listener) => store.SubscribeToGaps(listener);
}
