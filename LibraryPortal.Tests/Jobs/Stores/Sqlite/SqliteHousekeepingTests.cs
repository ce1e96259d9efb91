using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Inspection;
using LibraryPortal.Jobs.Stores;
using LibraryPortal.Jobs.Stores.Sqlite;
using LibraryPortal.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace LibraryPortal.Tests.Jobs.Stores.Sqlite;

/// <summary>Nothing in the embedded store's file grows without limit.</summary>
public sealed class SqliteHousekeepingTests : IAsyncLifetime
{
    readonly TemporaryFolder _folder = new();
    readonly ManualClock _clock = new();
    SqliteJobStore _store = null!;

    public ValueTask InitializeAsync()
    {
        _store = new SqliteJobStore(_folder.File("jobs.db"), _clock, NullLogger<SqliteJobStore>.Instance, caps: EndedCaps.None with { Flows = 1 });
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task EndedFlows_BeyondTheCap_AreForgottenOldestFirst()
    {
        var plans = Enumerable.Range(0, 3).Select(_ => FlowPlans.Plan(Flow.Group<string>())).ToList();
        foreach (var plan in plans)
        {
            await _store.AcceptFlowAsync(plan, CancellationToken.None);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        await _store.PruneAsync(100, CancellationToken.None);

        var kept = await _store.ListFlowsAsync(new FlowQuery(Ended: true), CancellationToken.None);
        Assert.Equal((plans[2].Id, 1), (Assert.Single(kept.Flows).Id, kept.Total));
    }
}
