using LibraryPortal.Data.Settings;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Schedules;
using LibraryPortal.Live;

namespace LibraryPortal.Circulation.Opening;

/// <summary>
/// Started with every process: reads the library's calendar at the start, when a page or another process says that it changed, and once an hour in
/// case that was missed; the nightly round follows the library's time zone. Stops with the host.
/// </summary>
internal sealed partial class KeepCalendarCurrent(
    CurrentCalendar calendar, ILiveBoard board, IJobSchedules schedules, TimeProvider clock, ILogger<KeepCalendarCurrent> log) : BackgroundService
{
    static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    readonly SemaphoreSlim _told = new(0, 1);

    // Before the first page is served, so that no date is said in the server's zone by mistake.
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await calendar.RefreshAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var subscription = board.SubscribeToAll(OnChange);
        await using var timer = clock.CreateTimer(_ => Wake(), null, TimeSpan.Zero, Interval);
        try
        {
            while (true)
            {
                await _told.WaitAsync(stoppingToken);
                await TryRunOnceAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    /// <summary>Reads the calendar and moves the nightly round to its zone.</summary>
    internal async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        await calendar.RefreshAsync(cancellationToken);
        var zone = NightlySchedule.Name(calendar.Zone.Zone);
        // Not declared yet when no scheduler has ever run; the next look finds it.
        var record = await schedules.FindAsync(NightlySchedule.ScheduleName, cancellationToken);
        if (record?.Schedule is { Rule: CronRule rule } schedule && rule.Zone != zone)
            await schedules.SaveAsync(schedule with { Rule = rule with { Zone = zone } }, cancellationToken);
    }

    public override void Dispose()
    {
        _told.Dispose();
        base.Dispose();
    }

    async Task TryRunOnceAsync(CancellationToken cancellationToken)
    {
        try
        {
            await RunOnceAsync(cancellationToken);
        }
        catch (JobStoreUnavailableException)
        {
            // The calendar is read; the schedule follows within the hour.
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailed(log, error);
        }
    }

    void OnChange(LiveChange change)
    {
        if (change is CalendarChanged or MissedChanges)
            Wake();
    }

    void Wake()
    {
        try
        {
            if (_told.CurrentCount == 0)
                _told.Release();
        }
        catch (Exception error) when (error is SemaphoreFullException or ObjectDisposedException)
        {
            // Woken already, or stopped.
        }
    }

    [LoggerMessage(EventId = 4301, Level = LogLevel.Error, Message = "The library's calendar could not be read; the last one known is used.")]
    static partial void LogFailed(ILogger log, Exception error);
}
