using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Inspection;
using LibraryPortal.Jobs.Schedules;
using LibraryPortal.Jobs.Stores;
using LibraryPortal.Jobs.Stores.Sqlite;
using LibraryPortal.Tests.Jobs.Engine;
using LibraryPortal.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace LibraryPortal.Tests.Jobs.Schedules;

/// <summary>A real store, in a file unless the tests say otherwise, a clock that the test moves, and the hosts of the test on them.</summary>
public abstract class SchedulerTestBase : IAsyncLifetime
{
    readonly TemporaryFolder _folder = new();
    readonly List<ScheduleHost> _hosts = [];

    protected IJobStore Store { get; private set; } = null!;

    protected IScheduleStore Definitions => (IScheduleStore)Store;

    /// <summary>Starts at 2026-03-02 09:00:00 UTC.</summary>
    protected ManualClock Clock { get; } = new();

    protected static ScheduleRule Hourly { get; } = ScheduleRule.Cron("0 * * * *");

    public async ValueTask InitializeAsync() => Store = await OpenAsync();

    /// <summary>Opens the store, which goes by the clock.</summary>
    protected virtual ValueTask<IJobStore> OpenAsync() =>
        ValueTask.FromResult<IJobStore>(new SqliteJobStore(_folder.File("jobs.db"), Clock, NullLogger<SqliteJobStore>.Instance));

    protected ScheduleHost Host(Action<IServiceCollection>? declare = null, Action<SchedulerOptions>? configure = null) =>
        Keep(ScheduleHost.Create(Store, Clock, declare, configure: configure));

    protected ScheduleHost Keep(ScheduleHost host)
    {
        _hosts.Add(host);
        return host;
    }

    /// <summary>A host with one schedule <c>s</c> that has been looked at once.</summary>
    protected async Task<ScheduleHost> HostWithAsync(ScheduleRule rule, Func<Schedule, Schedule>? change = null)
    {
        var host = Host();
        var schedule = host.Schedule("s", rule);
        await host.Schedules.SaveAsync(change?.Invoke(schedule) ?? schedule);
        await host.LookAsync();
        return host;
    }

    /// <summary>The due times of the jobs there are, in the order of due times.</summary>
    protected async Task<List<DateTimeOffset>> DueTimesAsync(JobState state = JobState.Queued)
    {
        List<DateTimeOffset> due = [];
        for (JobPage page; ; due.AddRange(page.Jobs.Select(job => job.Envelope.ScheduledFor!.Value)))
        {
            page = await Store.ListAsync(new JobQuery(state, due.Count, 200), CancellationToken.None);
            if (page.Jobs.Count == 0)
                return [.. due.Order()];
        }
    }

    protected async Task<int> CountAsync(JobState state) => (int)(await Store.CountAsync(CancellationToken.None))[state];

    /// <summary>Ends the job that is first in line.</summary>
    protected async Task<JobId> RunOneAsync(OutcomeKind kind = OutcomeKind.Succeeded)
    {
        var job = await ClaimAsync();
        await Store.FinishAsync("w1", [new JobOutcome(job, kind) { StartedAt = Clock.GetUtcNow() }], CancellationToken.None);
        return job.Envelope.Id;
    }

    protected async Task<ClaimedJob> ClaimAsync()
    {
        await Store.BeatAsync(
            new WorkerBeat("w1", "host", 1, "1", 1, 1, ["default"], ["test.script"], Clock.GetUtcNow(), IsFirst: true), CancellationToken.None);
        var reply = await Store.ClaimAsync(new ClaimRequest("w1", [new Lane("default", JobPriority.Normal)], 1), CancellationToken.None);
        return Assert.Single(reply.Jobs);
    }

    /// <summary>That time of the day on which the clock starts.</summary>
    protected static DateTimeOffset At(int hour, int minute = 0, int day = 2) => new(2026, 3, day, hour, minute, 0, TimeSpan.Zero);

    protected virtual Task SetClockAsync(DateTimeOffset time)
    {
        Clock.Advance(time - Clock.GetUtcNow());
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
            await host.DisposeAsync();
        await Store.DisposeAsync();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }
}
