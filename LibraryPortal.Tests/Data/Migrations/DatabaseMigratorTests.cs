using LibraryPortal.Data;
using LibraryPortal.Data.Migrations;
using LibraryPortal.Data.Search;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace LibraryPortal.Tests.Data.Migrations;

/// <summary>The schema on a real file: made, kept, waited for, refused.</summary>
public sealed class DatabaseMigratorTests
{
    [Fact]
    public async Task Model_HasNoChangeWithoutAMigration()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var context = database.Open();
        Assert.False(context.Database.HasPendingModelChanges());
    }

    [Fact]
    public async Task Migrate_ADatabaseWithRows_KeepsThemAndTheirIndex()
    {
        await using var file = new UnmigratedDatabase();
        var migrator = file.Services.GetRequiredService<DatabaseMigrator>();
        await migrator.MigrateAsync(default);
        await using (var context = file.Open())
        {
            context.Titles.Add(new Title(new TitleDetails { Name = "Emma" }, DateTimeOffset.UnixEpoch));
            await context.SaveChangesAsync();
        }

        await migrator.MigrateAsync(default);

        await using (var context = file.Open())
        {
            Assert.Equal("Emma", (await context.Titles.SingleAsync()).Name);
            Assert.Single((await new SqliteTitleSearch().FindAsync(context, "emma", 0, 10, default)).Ids);
        }
    }

    [Fact]
    public async Task Migrate_BackAndForth_Works()
    {
        await using var file = new UnmigratedDatabase();
        await file.Services.GetRequiredService<DatabaseMigrator>().MigrateAsync(default);
        await using (var context = file.Open())
            await context.GetService<IMigrator>().MigrateAsync(Migration.InitialDatabase);

        await file.Services.GetRequiredService<DatabaseMigrator>().MigrateAsync(default);

        await using var after = file.Open();
        Assert.Empty(await after.Titles.ToListAsync());
    }

    [Fact]
    public async Task Migrate_WhenAKilledProcessLeftItsLock_SaysWhatToDoAndUnlocking_Helps()
    {
        await using var file = new UnmigratedDatabase();
        await file.RunAsync("CREATE TABLE \"__EFMigrationsLock\" (\"Id\" INTEGER NOT NULL PRIMARY KEY, \"Timestamp\" TEXT NOT NULL)");
        await file.RunAsync("INSERT INTO \"__EFMigrationsLock\" VALUES (1, '2026-01-01')");
        var migrating = file.Services.GetRequiredService<DatabaseMigrator>().MigrateAsync(default);
        while (!migrating.IsCompleted)
        {
            file.Clock.Advance(TimeSpan.FromSeconds(5));
            await Task.Yield();
        }

        var error = await Assert.ThrowsAsync<DatabaseNotReadyException>(() => migrating);
        Assert.Contains("database unlock", error.Message, StringComparison.Ordinal);

        await using (var context = file.Open())
            Assert.True(await MigrationLock.ReleaseAsync(context, default));
        await file.Services.GetRequiredService<DatabaseMigrator>().MigrateAsync(default);
    }

    [Fact]
    public async Task Migrate_ADatabaseOfANewerVersion_IsRefused()
    {
        await using var file = new UnmigratedDatabase();
        var migrator = file.Services.GetRequiredService<DatabaseMigrator>();
        await migrator.MigrateAsync(default);
        await file.RunAsync("INSERT INTO \"__EFMigrationsHistory\" VALUES ('99990101000000_Later', '99.0.0')");

        var error = await Assert.ThrowsAsync<DatabaseNotReadyException>(() => migrator.MigrateAsync(default));

        Assert.Contains("99990101000000_Later", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Worker_WaitsUntilTheSchemaIsCurrent()
    {
        await using var file = new UnmigratedDatabase();
        var migrator = file.Services.GetRequiredService<DatabaseMigrator>();
        var waiting = migrator.WaitUntilCurrentAsync(default);
        Assert.False(waiting.IsCompleted);

        await migrator.MigrateAsync(default);
        while (!waiting.IsCompleted)
        {
            file.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await waiting;
    }
}
