namespace LibraryPortal.Data.Outbox;

/// <summary>Wakes the outbox relay of this process right after a commit, so that nobody waits for its next sweep.</summary>
public sealed class OutboxSignal : IDisposable
{
    readonly SemaphoreSlim _messages = new(0, 1);

    /// <summary>Says that a message was committed.</summary>
    public void Notify()
    {
        // Losing the race to another caller is fine: one permit wakes the relay, which takes all there is.
        try { _messages.Release(); } catch (SemaphoreFullException) { }
    }

    /// <summary>Returns once notified.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) => _messages.WaitAsync(cancellationToken);

    public void Dispose() => _messages.Dispose();
}
