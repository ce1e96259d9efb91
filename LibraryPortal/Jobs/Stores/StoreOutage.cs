namespace LibraryPortal.Jobs.Stores;

/// <summary>Whether a store answers now. Both stores keep one and tell it the result of their calls.</summary>
internal sealed class StoreOutage : IJobStoreStatus
{
    readonly Lock _gate = new();
    volatile string? _sentence;

    public string? Outage => _sentence;

    public event Action? Changed;

    /// <summary>Told of listeners that threw, against their contract.</summary>
    public Action<Exception>? ListenerFailed { get; init; }

    /// <summary>The store does not answer. Repeating the sentence tells nobody again.</summary>
    /// <returns>True when it did answer before.</returns>
    public bool Report(string sentence)
    {
        bool isNew;
        lock (_gate)
        {
            if (_sentence == sentence)
                return false;
            isNew = _sentence is null;
            _sentence = sentence;
        }

        Tell();
        return isNew;
    }

    /// <summary>The store answers.</summary>
    /// <returns>True when it did not before.</returns>
    public bool Clear()
    {
        // Called after every successful call: the common case takes no lock.
        if (_sentence is null)
            return false;
        lock (_gate)
        {
            if (_sentence is null)
                return false;
            _sentence = null;
        }

        Tell();
        return true;
    }

    // Whoever reports has something else to do, a transaction to end, say: no listener gets in its way, nor in that of the others.
    void Tell()
    {
        foreach (var listener in Changed?.GetInvocationList() ?? [])
        {
            try { ((Action)listener)(); }
            catch (Exception error) when (error is not OutOfMemoryException) { ListenerFailed?.Invoke(error); }
        }
    }
}
