using System.Collections.Immutable;

namespace LibraryPortal.Jobs.Stores;

/// <summary>Listeners that come and go while others are being called. Calling them takes no lock.</summary>
internal sealed class SubscriberList<TListener> where TListener : Delegate
{
    ImmutableArray<Entry> _entries = [];

    /// <summary>Whether anyone listens; where nobody does, the message need not be built.</summary>
    public bool Any => !_entries.IsEmpty;

    public IDisposable Add(TListener listener)
    {
        var entry = new Entry(this, listener);
        ImmutableInterlocked.Update(ref _entries, static (entries, added) => entries.Add(added), entry);
        return entry;
    }

    /// <summary>Calls each listener; one that throws, against its contract, does not keep the others from being called.</summary>
    public void Call<TMessage>(TMessage message, Action<TListener, TMessage> call)
    {
        foreach (var entry in _entries)
        {
            try { call(entry.Listener, message); }
            catch (Exception error) when (error is not OutOfMemoryException) { Failed?.Invoke(error); }
        }
    }

    /// <summary>Told of listeners that threw.</summary>
    public Action<Exception>? Failed { get; init; }

    // A class, so that the same listener added twice is two subscriptions.
    sealed class Entry(SubscriberList<TListener> list, TListener listener) : IDisposable
    {
        public TListener Listener { get; } = listener;

        public void Dispose() => ImmutableInterlocked.Update(ref list._entries, static (entries, gone) => entries.Remove(gone), this);
    }
}
