using System.Buffers;

namespace LibraryPortal.Jobs.Stores.Redis.Events;

/// <summary>Tells all processes what this one's calls did to jobs. Everything that happens within ten milliseconds goes out as one message; the first
/// event after a rest goes out at once.</summary>
/// <remarks>Runs only while there is something to tell; what cannot be told is dropped, events being hints. Of jobs nobody owns only the end is told one
/// by one; that some were queued or started is told once per message and name, which keeps lists live at any rate.</remarks>
internal sealed class EventPublisher(Func<byte[], Task> publish) : IAsyncDisposable
{
    static readonly TimeSpan Spacing = TimeSpan.FromMilliseconds(10);
    static readonly TimeSpan Farewell = TimeSpan.FromMilliseconds(500);

    /// <summary>Of one message. What comes beyond it while Redis does not take messages is replaced by word of a gap.</summary>
    const int MaxBytes = 1 << 20;

    readonly Lock _gate = new();
    readonly Dictionary<(string Name, JobState State), JobId> _passing = [];
    ArrayBufferWriter<byte> _waiting = new(4_096);
    ArrayBufferWriter<byte> _sending = new(4_096);
    string? _lastName;
    Task _sender = Task.CompletedTask;
    bool _overflown;
    bool _running;

    /// <summary>Sent in place of events that were dropped.</summary>
    public static byte[] Gap { get; } = [0];

    /// <summary>Notes an event. <see cref="Flush"/> sends it.</summary>
    public void Add(JobId id, string name, JobState state, string? owner, JobProgress? progress = null)
    {
        lock (_gate)
        {
            if (owner is null && progress is null && state is JobState.Queued or JobState.Scheduled or JobState.Running)
                _passing[(name, state)] = id;
            else
                Write(id, name, state, owner, progress);
        }
    }

    /// <summary>Sends what was noted.</summary>
    public void Flush()
    {
        lock (_gate)
        {
            if (_running || (_waiting.WrittenCount == 0 && _passing.Count == 0))
                return;
            _running = true;
        }

        // Nothing waits for it until the end; it catches what goes wrong itself.
        _sender = SendAsync();
    }

    /// <summary>Sends what is left, for as long as Redis takes it at once.</summary>
    public async ValueTask DisposeAsync()
    {
        Flush();
        try
        {
            await _sender.WaitAsync(Farewell);
        }
        catch (TimeoutException)
        {
            // Only hints are lost.
        }
    }

    async Task SendAsync()
    {
        while (Take() is { } message)
        {
            try
            {
                await publish(message);
            }
            catch (Exception error) when (error is not OutOfMemoryException)
            {
                // Whoever listens is told of a gap when its own connection is back.
            }

            await Task.Delay(Spacing, TimeProvider.System);
        }
    }

    byte[]? Take()
    {
        lock (_gate)
        {
            foreach (var ((name, state), id) in _passing)
                Write(id, name, state, null, null);
            _passing.Clear();
            if (_waiting.WrittenCount == 0)
            {
                _running = false;
                return null;
            }

            (_waiting, _sending) = (_sending, _waiting);
            var message = _overflown ? Gap : _sending.WrittenSpan.ToArray();
            _sending.ResetWrittenCount();
            _overflown = false;
            _lastName = null;
            return message;
        }
    }

    void Write(JobId id, string name, JobState state, string? owner, JobProgress? progress)
    {
        if (_waiting.WrittenCount > MaxBytes)
        {
            _overflown = true;
            return;
        }

        if (_waiting.WrittenCount == 0)
        {
            _waiting.GetSpan(1)[0] = EventMessage.Version;
            _waiting.Advance(1);
        }

        EventMessage.Write(_waiting, id, name == _lastName ? null : name, state, owner, progress);
        _lastName = name;
    }
}
