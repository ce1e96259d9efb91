using LibraryPortal.Data;
using LibraryPortal.Data.Migrations;
using LibraryPortal.Data.Search;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Tests.Support;
using Microsoft.Data.Sqlite;
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
    public async Task Migrate_WhenAKilledProcessLeftItsLock_GoesOnByItself()
    {
        await using var file = new UnmigratedDatabase();
        await file.RunAsync("CREATE TABLE \"__EFMigrationsLock\" (\"Id\" INTEGER NOT NULL PRIMARY KEY, \"Timestamp\" TEXT NOT NULL)");
        await file.RunAsync("INSERT INTO \"__EFMigrationsLock\" VALUES (1, '2026-01-01')");

        await file.Services.GetRequiredService<DatabaseMigrator>().MigrateAsync(default);

        await using var database = file.Open();
        Assert.Empty(await database.Titles.ToListAsync());
    }

    [Fact]
    public async Task Migrate_WhileAnotherProcessDoes_WaitsForIt()
    {
        await using var file = new UnmigratedDatabase();
        Task migrating;
        using (await UpgradeLock.TakeAsync(file.Path, file.Clock, () => Assert.Fail("Nobody else holds it."), default))
        {
            migrating = file.Services.GetRequiredService<DatabaseMigrator>().MigrateAsync(default);
            file.Clock.Advance(TimeSpan.FromMinutes(10));
            Assert.False(migrating.IsCompleted);
        }

        while (!migrating.IsCompleted)
        {
            file.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await migrating;
    }

    [Fact]
    public async Task Migrate_AfterAnUpgradeWasCutShort_PutsTheDatabaseBackAndBeginsAgain()
    {
        await using var file = new UnmigratedDatabase();
        await using (var database = file.Open())
            await database.GetService<IMigrator>().MigrateAsync("Initial");
        await file.RunAsync("INSERT INTO Titles (Id, Name, Authors, Subjects, AddedAt, SortKey, IdentityKey, SearchName, SearchAuthors, SearchSubjects, SearchIsbn) VALUES (7, 'Emma', '[]', '[]', 5, 'emma', 'emma', 'emma', '', '', '')");
        // What a kill in the middle leaves: the copy, and tables of which some are new and some are gone.
        await using (var database = file.Open())
        {
            await database.Database.OpenConnectionAsync();
            new UpgradeCopy(file.Path).Make((SqliteConnection)database.Database.GetDbConnection());
        }

        await file.RunAsync("CREATE TABLE Audit (Nonsense INTEGER); DROP TABLE Loans; DELETE FROM Titles");

        await file.Services.GetRequiredService<DatabaseMigrator>().MigrateAsync(default);

        await using var after = file.Open();
        Assert.Equal("Emma", (await after.Titles.SingleAsync()).Name);
        Assert.Empty(await after.Loans.ToListAsync());
        Assert.Empty(await after.Audit.ToListAsync());
        Assert.False(new UpgradeCopy(file.Path).IsUnfinished);
    }

    [Fact]
    public async Task Migrate_ADatabaseWithRows_KeepsACopyOfItAsItWas()
    {
        await using var file = new UnmigratedDatabase();
        var migrator = file.Services.GetRequiredService<DatabaseMigrator>();
        await using (var database = file.Open())
            await database.GetService<IMigrator>().MigrateAsync("Initial");
        await migrator.MigrateAsync(default);

        await using var kept = new SqliteConnection($"Data Source={new UpgradeCopy(file.Path).Kept};Mode=ReadOnly;Pooling=False");
        await kept.OpenAsync();
        await using var command = kept.CreateCommand();
        command.CommandText = "SELECT COUNT(*) FROM \"__EFMigrationsHistory\"";
        Assert.Equal(1L, await command.ExecuteScalarAsync());
    }

    [Fact]
    public async Task Migrate_ANewDatabase_LeavesNoCopy()
    {
        await using var file = new UnmigratedDatabase();
        await file.Services.GetRequiredService<DatabaseMigrator>().MigrateAsync(default);
        Assert.False(File.Exists(new UpgradeCopy(file.Path).Kept));
        Assert.False(new UpgradeCopy(file.Path).IsUnfinished);
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
