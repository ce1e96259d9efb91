using LibraryPortal.Data;
using LibraryPortal.Data.Migrations;
using LibraryPortal.Data.Outbox;
using LibraryPortal.Data.Patrons;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Tests.Support;

/// <summary>A real SQLite database in a file of its own, at the current schema. Made from a template that is migrated once per test run.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    static readonly Lazy<Task<string>> Template = new(CreateTemplateAsync);

    readonly string _directory;
    readonly ServiceProvider _services;

    TestDatabase(string directory)
    {
        _directory = directory;
        _services = Provide(Path.Combine(directory, "library.db"));
    }

    public IDbContextFactory<PortalDbContext> Contexts => _services.GetRequiredService<IDbContextFactory<PortalDbContext>>();

    /// <summary>Wakes the relay of this database.</summary>
    public OutboxSignal Outbox => _services.GetRequiredService<OutboxSignal>();

    /// <summary>A directory of this database's own, gone with it.</summary>
    public string Directory => _directory;

    public static async Task<TestDatabase> CreateAsync()
    {
        var template = await Template.Value;
        var directory = System.IO.Directory.CreateTempSubdirectory("libraryportal-").FullName;
        File.Copy(template, Path.Combine(directory, "library.db"));
        return new TestDatabase(directory);
    }

    public PortalDbContext Open() => Contexts.CreateDbContext();

    /// <summary>Saves rows through a context of their own.</summary>
    public async Task AddAsync(params object[] rows)
    {
        await using var database = Open();
        database.AddRange(rows);
        await database.SaveChangesAsync();
    }

    /// <summary>Makes an account row with its profile; returns its id.</summary>
    public async Task<string> AddUserAsync(string userName, string category = "Adult")
    {
        var user = new PortalUser { UserName = userName, NormalizedUserName = userName.ToUpperInvariant(), Email = $"{userName}@example.org" };
        await using var database = Open();
        database.Add(user);
        await database.EnrollAsync(user, category, DateTimeOffset.UnixEpoch, default);
        await database.SaveChangesAsync();
        return user.Id;
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        using (var connection = new SqliteConnection(ConnectionTo(Path.Combine(_directory, "library.db"))))
            SqliteConnection.ClearPool(connection);
        System.IO.Directory.Delete(_directory, recursive: true);
    }

    static async Task<string> CreateTemplateAsync()
    {
        var directory = System.IO.Directory.CreateTempSubdirectory("libraryportal-template-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => System.IO.Directory.Delete(directory, recursive: true);
        var file = Path.Combine(directory, "library.db");
        await using (var services = Provide(file))
            await services.GetRequiredService<DatabaseMigrator>().MigrateAsync(default);
        // Copying takes the file alone, so what the log still holds must be in it.
        using var connection = new SqliteConnection(ConnectionTo(file));
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        command.ExecuteNonQuery();
        SqliteConnection.ClearPool(connection);
        return file;
    }

    static ServiceProvider Provide(string file)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(TimeProvider.System);
        services.AddPortalData(ConnectionTo(file));
        return services.BuildServiceProvider();
    }

    static string ConnectionTo(string file) => $"Data Source={file}";
}
