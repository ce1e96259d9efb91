using LibraryPortal.Data;
using LibraryPortal.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Tests.Data.Migrations;

/// <summary>A database file that has no schema yet.</summary>
internal sealed class UnmigratedDatabase : IAsyncDisposable
{
    readonly string _directory = Directory.CreateTempSubdirectory("libraryportal-").FullName;

    public UnmigratedDatabase()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(Clock);
        services.AddPortalData(Connection);
        Services = services.BuildServiceProvider();
    }

    public ManualClock Clock { get; } = new();

    public ServiceProvider Services { get; }

    public string Path => System.IO.Path.Combine(_directory, "library.db");

    string Connection => $"Data Source={Path}";

    public PortalDbContext Open() => Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContext();

    public async Task RunAsync(string sql)
    {
        await using var context = Open();
        await context.Database.ExecuteSqlRawAsync(sql);
    }

    public async ValueTask DisposeAsync()
    {
        await Services.DisposeAsync();
        using (var connection = new SqliteConnection(Connection))
            SqliteConnection.ClearPool(connection);
        Directory.Delete(_directory, recursive: true);
    }
}
