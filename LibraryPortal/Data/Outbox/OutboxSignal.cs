using System.Threading.Channels;

namespace LibraryPortal.Data.Outbox;

/// <summary>Wakes the outbox relay of this process right after a commit, so that nobody waits for its next sweep.</summary>
public sealed class OutboxSignal
{
    // Holds one wake-up: the relay takes all there is, so a second one adds nothing. Nothing to dispose, because whoever notifies may outlive the relay.
    readonly Channel<bool> _wakeUps = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Says that a message was committed.</summary>
    public void Notify() => _wakeUps.Writer.TryWrite(true);

    /// <summary>Returns once notified.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken) => await _wakeUps.Reader.ReadAsync(cancellationToken);
}
