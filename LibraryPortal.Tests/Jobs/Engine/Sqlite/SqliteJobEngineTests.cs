using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Stores;
using LibraryPortal.Jobs.Stores.Sqlite;
using LibraryPortal.Tests.Jobs.Stores.Sqlite;
using LibraryPortal.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace LibraryPortal.Tests.Jobs.Engine.Sqlite;

/// <summary>The engine on the embedded store.</summary>
public sealed class SqliteJobEngineTests : JobEngineTests
{
    readonly TemporaryFolder _folder = new();

    protected override ValueTask<IJobStore> OpenAsync() =>
        ValueTask.FromResult<IJobStore>(new SqliteJobStore(_folder.File("jobs.db"), TimeProvider.System, NullLogger<SqliteJobStore>.Instance));

    protected override ValueTask<IJobStore> OpenBehindAsync(TimeSpan time)
    {
        var clock = new ManualClock();
        clock.Advance(TimeProvider.System.GetUtcNow() - time - clock.GetUtcNow());
        return ValueTask.FromResult<IJobStore>(new SqliteJobStore(_folder.File("behind.db"), clock, NullLogger<SqliteJobStore>.Instance));
    }

    protected override Task DamageAsync(JobId id) => SqliteRaw.DamageAsync(_folder.File("jobs.db"), id, outcomeToo: true);

    protected override Task DamageCursorAsync(JobId id) => SqliteRaw.DamageCursorAsync(_folder.File("jobs.db"), id);

    protected override Task RewriteAsync(JobId id, Func<string, string> rewrite) => SqliteRaw.RewriteAsync(_folder.File("jobs.db"), id, rewrite);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }
}
