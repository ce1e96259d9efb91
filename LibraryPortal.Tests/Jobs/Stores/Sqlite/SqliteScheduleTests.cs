using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Schedules;
using LibraryPortal.Jobs.Stores;
using LibraryPortal.Jobs.Stores.Sqlite;
using LibraryPortal.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace LibraryPortal.Tests.Jobs.Stores.Sqlite;

/// <summary>What the suite of all stores cannot do: move the clock back, and open a file of an older version.</summary>
public sealed class SqliteScheduleTests : IDisposable
{
    readonly TemporaryFolder _folder = new();
    readonly ManualClock _clock = new();

    [Fact]
    public async Task FindDue_AfterTheClockWasSetFarBack_GivesTheSchedule()
    {
        await using var store = Open();
        await store.SaveScheduleAsync(new ScheduleWrite("s", 0, new byte[] { 1 }, IsActive: true, StartsAnew: true), CancellationToken.None);
        var schedule = (await store.FindScheduleAsync("s", CancellationToken.None))!;
        var now = _clock.GetUtcNow();
        await store.FireScheduleAsync(
            new FireRequest("s", schedule.Revision, OverlapPolicy.Skip, []) { Progress = new ScheduleProgress(now, now.AddHours(1)) }, CancellationToken.None);

        _clock.Advance(-ScheduleClock.SetBack);
        Assert.Empty((await store.FindDueSchedulesAsync(10, CancellationToken.None)).Due);

        _clock.Advance(TimeSpan.FromMilliseconds(-1));
        Assert.Single((await store.FindDueSchedulesAsync(10, CancellationToken.None)).Due);
    }

    [Fact]
    public async Task File_OfVersion1_GetsSchedulesAndKeepsItsJobs()
    {
        WriteVersion1();
        await using var store = Open();

        Assert.True(await store.SaveScheduleAsync(new ScheduleWrite("s", 0, new byte[] { 1 }, IsActive: true, StartsAnew: true), CancellationToken.None));

        Assert.Single(await store.ListSchedulesAsync(CancellationToken.None));
        Assert.Equal(1, (await store.CountAsync(CancellationToken.None))[JobState.Queued]);
    }

    public void Dispose() => _folder.Dispose();

    SqliteJobStore Open() => new(_folder.File("jobs.db"), _clock, NullLogger<SqliteJobStore>.Instance);

    void WriteVersion1()
    {
        using var stream = typeof(SqliteJobStore).Assembly.GetManifestResourceStream("LibraryPortal.Jobs.Stores.Sqlite.Schema.sql")!;
        using var schema = new StreamReader(stream);
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = _folder.File("jobs.db"), Pooling = false }.ToString());
        connection.Open();
        using var create = connection.CreateCommand();
#pragma warning disable CA2100 // the schema is a resource of the program
        create.CommandText = schema.ReadToEnd() + "PRAGMA user_version=1; INSERT INTO job (id, name, lane, state, pos, envelope) VALUES (x'00', 'a', 1, 2, 1, x'00');";
#pragma warning restore CA2100
        create.ExecuteNonQuery();
    }
}
