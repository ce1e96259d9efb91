using LibraryPortal.Data.JobHistory;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.History;
using LibraryPortal.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Tests.Data.JobHistory;

/// <summary>Of several things asked for, the history is walked by the rarest.</summary>
public sealed class RarestIndexTests
{
    [Fact]
    public async Task Find_TakesWhatFewestEntriesHave()
    {
        await using var file = await TestDatabase.CreateAsync();
        await new SqliteJobHistory(file.Contexts).AddAsync(
        [
            .. Enumerable.Range(0, 60).Select(static number => SqliteJobHistoryTests.Ended(
                number < 50 ? "common" : "rare", number < 40 ? "ana" : "ben", number < 55 ? JobState.Succeeded : JobState.Failed, minute: number, seconds: number < 58 ? 1 : 90)),
        ], default);
        await using var database = file.Open();
        await database.Database.OpenConnectionAsync();
        await using var command = ((SqliteConnection)database.Database.GetDbConnection()).CreateCommand();
        string? Find(HistoryQuery query) => RarestIndex.Find(command, query);

        Assert.Null(Find(new()));
        Assert.Null(Find(new() { Name = "rare" }));
        Assert.Equal("IX_JobHistory_Name_FinishedAt", Find(new() { Name = "rare", State = JobState.Succeeded }));
        Assert.Equal("IX_JobHistory_State_FinishedAt", Find(new() { Name = "common", State = JobState.Failed }));
        Assert.Equal("IX_JobHistory_Owner_FinishedAt", Find(new() { Name = "common", Owner = "ben", State = JobState.Succeeded }));
        Assert.Equal("IX_JobHistory_DurationMs", Find(new() { State = JobState.Succeeded, Longer = TimeSpan.FromMinutes(1) }));
        Assert.Equal("IX_JobHistory_State_FinishedAt", Find(new() { State = JobState.Failed, Shorter = TimeSpan.FromMinutes(1) }));
        var last = (await database.JobHistory.MaxAsync(entry => entry.FinishedAt)).AddSeconds(-1);
        Assert.Equal("IX_JobHistory_FinishedAt", Find(new() { Longer = TimeSpan.FromMinutes(1), From = last }));
    }
}
