using LibraryPortal.Jobs.Stores;
using LibraryPortal.Jobs.Stores.Sqlite;
using LibraryPortal.Tests.Jobs.Schedules;
using LibraryPortal.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace LibraryPortal.Tests.Jobs.Stores.Sqlite;

/// <summary>Several schedulers on one file. It is made for one process; that many connections to it hold as well is more than it promises.</summary>
public sealed class SqliteSchedulerRaceTests : SchedulerRaceTests
{
    readonly TemporaryFolder _folder = new();

    protected override ValueTask<IJobStore> OpenAsync() =>
        ValueTask.FromResult<IJobStore>(new SqliteJobStore(_folder.File("jobs.db"), TimeProvider.System, NullLogger<SqliteJobStore>.Instance));

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }
}
