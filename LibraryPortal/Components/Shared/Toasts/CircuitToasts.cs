namespace LibraryPortal.Components.Shared.Toasts;

/// <summary>The toasts of one circuit: <see cref="ToastHost"/> draws them and lets them fade.</summary>
internal sealed class CircuitToasts(TimeProvider time) : IToasts, IDisposable
{
    public const int Most = 4;
    public static readonly TimeSpan Stay = TimeSpan.FromSeconds(8);

    readonly Lock _gate = new();
    readonly List<(Toast Toast, ITimer? Timer)> _shown = [];

    /// <summary>Raised on any thread.</summary>
    public event Action? Changed;

    public IReadOnlyList<Toast> Shown
    {
        get
        {
            lock (_gate)
                return [.. _shown.Select(entry => entry.Toast)];
        }
    }

    public void Show(Toast toast)
    {
        ArgumentNullException.ThrowIfNull(toast);
        lock (_gate)
        {
            Remove(toast.Key);
            if (_shown.Count == Most)
                Remove(_shown[0].Toast.Key);
            var fades = toast.Tone != ToastTone.Error && toast is { ActionHref: null, OnAction: null };
            _shown.Add((toast, fades ? time.CreateTimer(_ => Dismiss(toast.Key), null, Stay, Timeout.InfiniteTimeSpan) : null));
        }

        Changed?.Invoke();
    }

    public void Dismiss(string key)
    {
        bool removed;
        lock (_gate)
            removed = Remove(key);
        if (removed)
            Changed?.Invoke();
    }

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var (_, timer) in _shown)
                timer?.Dispose();
            _shown.Clear();
        }
    }

    bool Remove(string key)
    {
        var at = _shown.FindIndex(entry => entry.Toast.Key == key);
        if (at < 0)
            return false;
        _shown[at].Timer?.Dispose();
        _shown.RemoveAt(at);
        return true;
    }
}
