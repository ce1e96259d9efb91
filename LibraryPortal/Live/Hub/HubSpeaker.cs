using System.Threading.Channels;
using LibraryPortal.Data;
using LibraryPortal.Domain.Notices;
using Microsoft.AspNetCore.SignalR;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Live.Hub;

/// <summary>Tells API clients what the board says. Started by the host where the hub is mapped; reads notices from the database; stops with the host.</summary>
internal sealed partial class HubSpeaker(
    ILiveBoard board, IHubContext<NoticesHub> hub, HubPresence presence, IDbContextFactory<PortalDbContext> databases,
    ILogger<HubSpeaker> log) : BackgroundService
{
    readonly Channel<LiveChange> _changes = Channel.CreateBounded<LiveChange>(new BoundedChannelOptions(10_000) { FullMode = BoundedChannelFullMode.DropOldest });

    // What was said lately, so that catching up after a gap says only what is new.
    readonly Queue<Guid> _order = new();
    readonly HashSet<Guid> _said = [];

    const int Remembered = 5_000;

    IDisposable? _subscription;

    // Before anybody can be connected, so that nobody is connected and not told.
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        _subscription = board.SubscribeToAll(OnChange);
        return base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _subscription?.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var change in _changes.Reader.ReadAllAsync(stoppingToken))
            {
                try
                {
                    await SayAsync(change, stoppingToken);
                }
                catch (Exception error) when (!stoppingToken.IsCancellationRequested)
                {
                    LogFailed(log, error, change.GetType().Name);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    void OnChange(LiveChange change)
    {
        if (change is MissedChanges || (change is NoticeAdded or JobChanged && change.UserId is { } user && presence.IsHere(user)))
            _changes.Writer.TryWrite(change);
    }

    async Task SayAsync(LiveChange change, CancellationToken cancellationToken)
    {
        switch (change)
        {
            case JobChanged job:
                await hub.Clients.Group(job.Owner!).SendAsync(HubMessages.Job, JobMessage.From(job), cancellationToken);
                break;
            case NoticeAdded added:
                await SayNoticesAsync(notice => notice.Id == added.NoticeId, cancellationToken);
                break;
            case MissedChanges:
                foreach (var (user, since) in presence.Everyone())
                    await SayNoticesAsync(notice => notice.UserId == user && notice.CreatedAt >= since, cancellationToken);
                break;
            default:
                break;
        }
    }

    async Task SayNoticesAsync(System.Linq.Expressions.Expression<Func<Notice, bool>> which, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        foreach (var notice in await database.Notices.AsNoTracking().Where(which).OrderBy(notice => notice.CreatedAt).ToListAsync(cancellationToken))
        {
            if (!_said.Add(notice.Id))
                continue;
            _order.Enqueue(notice.Id);
            if (_order.Count > Remembered)
                _said.Remove(_order.Dequeue());
            await hub.Clients.Group(notice.UserId).SendAsync(HubMessages.Notice, NoticeMessage.From(notice), cancellationToken);
        }
    }

    [LoggerMessage(EventId = 5104, Level = LogLevel.Error, Message = "Clients of the hub were not told of {Change}.")]
    static partial void LogFailed(ILogger log, Exception error, string change);
}
