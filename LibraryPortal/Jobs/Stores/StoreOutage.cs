namespace LibraryPortal.Jobs.Stores;

/// <summary>Whether a store answers now. Both stores keep one and tell it the result of their calls.</summary>
internal sealed class StoreOutage : IJobStoreStatus
{
    readonly Lock _gate = new();
    volatile string? _sentence;

    public string? Outage => _sentence;

    public event Action? Changed;

    /// <summary>The store does not answer. Repeating the sentence tells nobody again.</summary>
    public void Report(string sentence)
    {
        lock (_gate)
        {
            if (_sentence == sentence)
                return;
            _sentence = sentence;
        }

        Changed?.Invoke();
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

        Changed?.Invoke();
        return true;
    }
}
