using Microsoft.Data.Sqlite;

namespace LibraryPortal.Tests.Hosting.JobCommands;

public sealed class JobCommandHostTests
{
    [Theory]
    [InlineData("jobs", "list")]
    [InlineData("jobs", "pause", "mail")]
    [InlineData("jobs", "cancel", "00000000000000000000000000000000", "--json")]
    [InlineData("schedules")]
    public async Task Store_OfAnEarlierVersion_IsRefused_AndLeftAsItIs(params string[] command)
    {
        await using var rig = await CommandRig.CreateAsync();
        using var file = new SqliteConnection($"Data Source={Path.Combine(rig.Folder, "jobs.db")};Pooling=False");
        await file.OpenAsync();
        using var version = file.CreateCommand();
        version.CommandText = "PRAGMA user_version = 3";
        await version.ExecuteNonQueryAsync();

        var sentence = await rig.RefusedAsync(3, command);

        Assert.Contains("belongs to an earlier version of the program (schema 3, this one needs", sentence, StringComparison.Ordinal);
        version.CommandText = "PRAGMA user_version";
        Assert.Equal(3L, await version.ExecuteScalarAsync());
    }

    [Fact]
    public async Task Pause_WhereTheStoreCannotSayWhetherTheQueueIsKnown_IsRefused_AndNotBegun()
    {
        await using var rig = await CommandRig.CreateAsync();
        using var file = new SqliteConnection($"Data Source={Path.Combine(rig.Folder, "jobs.db")};Pooling=False");
        await file.OpenAsync();
        using var workers = file.CreateCommand();
        workers.CommandText = "ALTER TABLE worker RENAME TO elsewhere";
        await workers.ExecuteNonQueryAsync();

        var sentence = await rig.RefusedAsync(3, "jobs", "pause", "mial");

        // Whose table it is cannot be told from what SQLite says, so neither is blamed alone.
        Assert.StartsWith("The job store, or the library's database ", sentence, StringComparison.Ordinal);
        Assert.Contains("no such table: worker", sentence, StringComparison.Ordinal);

        Assert.Empty(rig.Audit());
    }
}
