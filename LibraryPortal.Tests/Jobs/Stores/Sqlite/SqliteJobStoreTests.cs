using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Stores;
using LibraryPortal.Jobs.Stores.Sqlite;
using LibraryPortal.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace LibraryPortal.Tests.Jobs.Stores.Sqlite;

/// <summary>The embedded store under the suite of all stores.</summary>
public sealed class SqliteJobStoreTests : JobStoreTests
{
    readonly TemporaryFolder _folder = new();
    readonly ManualClock _clock = new();

    protected override DateTimeOffset Now => _clock.GetUtcNow();

    protected override ValueTask<IJobStore> OpenAsync() =>
        ValueTask.FromResult<IJobStore>(new SqliteJobStore(_folder.File("jobs.db"), _clock, NullLogger<SqliteJobStore>.Instance));

    protected override ValueTask AdvanceAsync(TimeSpan time)
    {
        _clock.Advance(time);
        return ValueTask.CompletedTask;
    }

    protected override Task DamageAsync(JobId id, bool outcomeToo = false) => SqliteRaw.DamageAsync(_folder.File("jobs.db"), id, outcomeToo);

    protected override Task RewriteAsync(JobId id, Func<string, string> rewrite) => SqliteRaw.RewriteAsync(_folder.File("jobs.db"), id, rewrite);

    protected override Task<IReadOnlyList<string>> LeftForGoodAsync() => SqliteRaw.TablesInUseAsync(_folder.File("jobs.db"));

    // Names of queues are few and stay.
    protected override string[] SetForGood => ["job_limit", "meta", "queue", "schedule"];

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }
}
