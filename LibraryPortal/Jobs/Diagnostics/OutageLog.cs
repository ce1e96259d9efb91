using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LibraryPortal.Jobs.Diagnostics;

/// <summary>Says once that the store is out, with its address and the remedy, and once that it is back. Nobody else logs an outage.</summary>
/// <remarks>Started by the host; reads the store's status; stops listening when the host stops.</remarks>
internal sealed class OutageLog(IJobStoreStatus status, TimeProvider clock, ILogger<OutageLog> log) : IHostedService
{
    readonly Lock _gate = new();
    string? _said;
    long _since;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        status.Changed += Say;
        Say();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        status.Changed -= Say;
        return Task.CompletedTask;
    }

    void Say()
    {
        lock (_gate)
        {
            var sentence = status.Outage;
            if (sentence is not null && _said is null)
            {
                _since = clock.GetTimestamp();
                Log.StoreOut(log, sentence);
            }
            else if (sentence is null && _said is not null)
            {
                Log.StoreBack(log, clock.GetElapsedTime(_since).TotalSeconds);
            }

            _said = sentence;
        }
    }
}
