using LibraryPortal.Jobs.Stores;
using Microsoft.Extensions.Hosting;

namespace LibraryPortal.Jobs.Schedules;

/// <summary>Runs the scheduler in this process.</summary>
/// <remarks>Started and stopped by the host; wakes the scheduler when schedules change anywhere and when the store is back.</remarks>
internal sealed class SchedulerService(Scheduler scheduler, IJobStore store) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var wakeUps = store.SubscribeToWakeUps(why =>
        {
            if (why is WakeUp.Schedules or WakeUp.Restored)
                scheduler.Wake();
        });
        // Off the host's thread: the first look may wait for the store.
        await Task.Run(() => scheduler.RunAsync(stoppingToken), CancellationToken.None);
    }
}
