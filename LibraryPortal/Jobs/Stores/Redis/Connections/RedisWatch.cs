using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace LibraryPortal.Jobs.Stores.Redis.Connections;

/// <summary>Makes the connections, notices when Redis is away, and sees to it that the store works again as soon as Redis is back.</summary>
/// <remarks>Started by the store's first call. Looks when a call failed or a connection broke; then every quarter second until all links answer.
/// A link that does not recover by itself is replaced. Quiet while all is well. Stops when disposed.
/// Times are real ones whatever clock the engine runs on: sockets know no other.</remarks>
internal sealed class RedisWatch(RedisLinks links, RedisAddress address, RedisErrors errors, StoreOutage outage, ILogger log) : IAsyncDisposable
{
    static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(250);
    static readonly TimeSpan PingPatience = TimeSpan.FromSeconds(1);
    static readonly TimeSpan ReplaceAfter = TimeSpan.FromSeconds(1.5);

    readonly RedisServerCheck _check = new(address, errors, log);
    readonly SemaphoreSlim _signal = new(0, 1);
    readonly CancellationTokenSource _stop = new();
    readonly TaskCompletionSource _firstLook = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly Dictionary<RedisLink, long> _stuckSince = [];
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
        outage.Report(sentence);
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
                if (outage.Clear() || disturbed)
                    Restored?.Invoke();
                await _signal.WaitAsync(_stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed.
        }
    }

    /// <returns>What is wrong; null when all links answer.</returns>
    async Task<string?> LookAsync(bool disturbed)
    {
        // A connection that broke is often back within milliseconds, and of one just made the half that carries messages may come up a moment after the other; that
        // is no outage.
        for (var tries = outage.Outage is null ? 4 : 1; ; tries--)
        {
            try
            {
                await Task.WhenAll(links.All.Select(LookAtAsync));
                return Refusal = await _check.RunAsync(links.Control.Database).WaitAsync(PingPatience, _stop.Token);
            }
            catch (Exception error) when (error is not OutOfMemoryException)
            {
                if (tries <= 1 || !(disturbed || links.All.All(static link => link.Exists)) || _stop.IsCancellationRequested)
                    return errors.Describe(error) ?? $"{errors.Unreachable} ({error.Message})";
            }

            await Task.Delay(Rest / 4, TimeProvider.System, _stop.Token);
        }
    }

    async Task LookAtAsync(RedisLink link)
    {
        try
        {
            if (!link.Exists)
            {
                if (!await RedisLink.CanReachAsync(address.EndPoints, PingPatience))
                    throw new SocketException((int)SocketError.ConnectionRefused);
                await link.ConnectAsync();
            }

            await link.PingAsync().WaitAsync(PingPatience, _stop.Token);
            lock (_gate)
                _stuckSince.Remove(link);
        }
        catch (Exception)
        {
            if (await IsStuckAsync(link) && await link.TryReplaceAsync())
                RedisStoreLog.LinkReplaced(log, address.Text);
            throw;
        }
    }

    // The library reconnects within about a second of Redis' return. A link that does not, although Redis is there, has lost its way.
    async Task<bool> IsStuckAsync(RedisLink link)
    {
        var isThere = await RedisLink.CanReachAsync(address.EndPoints, PingPatience);
        lock (_gate)
        {
            if (!isThere)
                _stuckSince.Remove(link);
            else if (!_stuckSince.TryGetValue(link, out var since))
                _stuckSince[link] = TimeProvider.System.GetTimestamp();
            else if (TimeProvider.System.GetElapsedTime(since) > ReplaceAfter)
                return _stuckSince.Remove(link);
        }

        return false;
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
