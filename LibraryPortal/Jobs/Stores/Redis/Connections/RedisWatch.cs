using Microsoft.Extensions.Logging;

namespace LibraryPortal.Jobs.Stores.Redis.Connections;

/// <summary>Makes the connections, notices when Redis is away, and sees to it that the store works again as soon as Redis is back.</summary>
/// <remarks>Started by the store's first call. Looks when a call failed or a connection broke; then every quarter second until all links answer and Redis takes a
/// write again. A link that does not recover by itself is replaced. Quiet while all is well. Stops when disposed.
/// Times are real ones whatever clock the engine runs on: sockets know no other.</remarks>
/// <param name="write">A script that Redis refuses while it refuses any write.</param>
internal sealed class RedisWatch(RedisLinks links, RedisAddress address, RedisErrors errors, StoreOutage outage, RedisScript write, ILogger log) : IAsyncDisposable
{
    static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(250);
    static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(15);
    static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(1);

    readonly RedisServerCheck _server = new(address, errors, log);
    readonly RedisLinkLook _look = new(address, log);
    readonly SemaphoreSlim _signal = new(0, 1);
    readonly CancellationTokenSource _stop = new();
    readonly TaskCompletionSource _firstLook = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly Lock _gate = new();
    Task? _loop;
    int _disturbed;

    /// <summary>Raised when messages may have been missed and work may have waited: after an outage, and after any connection came back.</summary>
    public event Action? Restored;

    /// <summary>Why this server is not used although it answers; null when it is.</summary>
    public string? Refusal { get; private set; }

    /// <summary>Completes once the watch has looked for the first time. The store's state is known from then on.</summary>
    public Task StartedAsync() => _firstLook.Task.IsCompleted ? Task.CompletedTask : StartAsync();

    /// <summary>A call failed.</summary>
    public void Report(string sentence)
    {
        // Once it is known, the watch is looking already; calls that fail meanwhile do not have it look more often.
        if (outage.Report(sentence))
            Signal();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        if (_loop is not null)
            await _loop;
        _firstLook.TrySetResult();
        _signal.Dispose();
        _stop.Dispose();
    }

    Task StartAsync()
    {
        lock (_gate)
        {
            if (_loop is null && !_stop.IsCancellationRequested)
            {
                foreach (var link in links.All)
                    link.Disturbed += OnDisturbed;
                _loop = Task.Run(RunAsync);
            }
        }

        return _firstLook.Task;
    }

    async Task RunAsync()
    {
        try
        {
            var rest = TimeSpan.Zero;
            while (true)
            {
                var disturbed = Interlocked.Exchange(ref _disturbed, 0) == 1;
                var trouble = await LookAsync(disturbed);
                _stop.Token.ThrowIfCancellationRequested();
                if (trouble is not null)
                {
                    outage.Report(trouble);
                    _firstLook.TrySetResult();
                    await _signal.WaitAsync(Rest, _stop.Token);
                    continue;
                }

                _firstLook.TrySetResult();
                var cleared = outage.Clear();
                var wellSince = TimeProvider.System.GetTimestamp();
                if (cleared || disturbed)
                    Restored?.Invoke();
                await _signal.WaitAsync(_stop.Token);
                // Redis answers the watch and refuses the workers as soon as they are let go, as when its ACL lacks a command: without a rest all would go round in circles.
                var isRefused = cleared && Volatile.Read(ref _disturbed) == 0 && TimeProvider.System.GetElapsedTime(wellSince) < AtOnce;
                rest = !isRefused ? TimeSpan.Zero : rest == TimeSpan.Zero ? Rest : rest * 2 < LongestRest ? rest * 2 : LongestRest;
                if (isRefused)
                    await _signal.WaitAsync(rest, _stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed.
        }
    }

    /// <returns>What is wrong; null when all links answer and nothing says that writes are refused.</returns>
    async Task<string?> LookAsync(bool disturbed)
    {
        // A connection that broke is often back within milliseconds, and of one just made the half that carries messages may come up a moment after the other; that
        // is no outage.
        for (var tries = outage.Outage is null ? 4 : 1; ; tries--)
        {
            try
            {
                await Task.WhenAll(links.All.Select(link => _look.RunAsync(link, _stop.Token)));
                Refusal = await _server.RunAsync(links.Control.Database).WaitAsync(RedisLinkLook.Patience, _stop.Token);
                // A replica, or a server that cannot save, answers all the same.
                if (Refusal is null && outage.Outage is not null)
                    await write.RunAsync(links.Control.Database, []).WaitAsync(RedisLinkLook.Patience, _stop.Token);
                return Refusal;
            }
            catch (Exception error) when (error is not OutOfMemoryException)
            {
                if (tries <= 1 || !(disturbed || links.All.All(static link => link.Exists)) || _stop.IsCancellationRequested)
                    return errors.Describe(error) ?? $"{errors.Unreachable} ({error.Message})";
            }

            await Task.Delay(Rest / 4, TimeProvider.System, _stop.Token);
        }
    }

    void OnDisturbed()
    {
        Interlocked.Exchange(ref _disturbed, 1);
        Signal();
    }

    void Signal()
    {
        try
        {
            _signal.Release();
        }
        catch (SemaphoreFullException)
        {
            // It will look anyway.
        }
        catch (ObjectDisposedException)
        {
            // Nobody looks any more.
        }
    }
}
