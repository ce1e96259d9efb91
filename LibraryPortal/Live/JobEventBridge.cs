using LibraryPortal.Jobs.Events;

namespace LibraryPortal.Live;

/// <summary>Puts the engine's job events on the board of this process. Runs from start to stop of the host; the engine brings events of all processes.</summary>
internal sealed class JobEventBridge(IJobEvents events, LiveBoard board) : IHostedService
{
    IDisposable? _events;
    IDisposable? _gaps;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _events = events.Subscribe(OnEvents);
        _gaps = events.SubscribeToGaps(() => board.Deliver(new MissedChanges()));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _events?.Dispose();
        _gaps?.Dispose();
        return Task.CompletedTask;
    }

    void OnEvents(IReadOnlyList<JobEvent> batch)
    {
        foreach (var change in batch)
            board.Deliver(JobChanged.From(change));
    }
}
