using LibraryPortal.Data.JobEffects;
using LibraryPortal.Data.Migrations;
using LibraryPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace LibraryPortal.Tests.Data.Migrations;

/// <summary>A library at work keeps its rows when the marks of jobs come, and when they go again.</summary>
public sealed class JobEffectsMigrationTests
{
    [Fact]
    public async Task Upgrade_KeepsRows_AndMarksCanBeWritten()
    {
        await using var file = new UnmigratedDatabase();
        await ToAsync(file, "LibraryRows");
        await file.RunAsync("INSERT INTO JobHistory (JobId, Name, State, FinishedAt, Tags, Record) VALUES ('0195A000-0000-7000-8000-0000000000A1', 'mail.send', 'Succeeded', 5, '[]', 'none')");

        await file.Services.GetRequiredService<DatabaseMigrator>().MigrateAsync(default);

        using var job = new InlineJob();
        await using (var database = file.Open())
        {
            Assert.Equal("mail.send", (await database.JobHistory.SingleAsync()).Name);
            Assert.True(await database.OncePerJobAsync(job, file.Clock.GetUtcNow(), static () => Task.FromResult(true)));
            Assert.False(await database.OncePerJobAsync(job, file.Clock.GetUtcNow(), static () => Task.FromResult(true)));
        }

        await ToAsync(file, "LibraryRows");
        await file.Services.GetRequiredService<DatabaseMigrator>().MigrateAsync(default);
        await using var after = file.Open();
        Assert.Equal("mail.send", (await after.JobHistory.SingleAsync()).Name);
        Assert.Empty(await after.JobEffects.ToListAsync());
    }

    static async Task ToAsync(UnmigratedDatabase file, string migration)
    {
        await using var database = file.Open();
        await database.GetService<IMigrator>().MigrateAsync(migration);
    }
}
