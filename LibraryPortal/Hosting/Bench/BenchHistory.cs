using LibraryPortal.Data;
using LibraryPortal.Data.JobHistory;
using LibraryPortal.Data.Migrations;
using LibraryPortal.Jobs.History;
using Microsoft.Data.Sqlite;

namespace LibraryPortal.Hosting.Bench;

/// <summary>A history as the portal keeps it, in a database of the bench's own that is gone at the end.</summary>
internal sealed class BenchHistory : IAsyncDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("libraryportal-bench-");

    string Connection => new SqliteConnectionStringBuilder { DataSource = Path.Combine(_folder.FullName, "library.db"), Pooling = false }.ToString();

    public static async Task<BenchHistory> OpenAsync(CancellationToken cancellationToken)
    {
        var history = new BenchHistory();
        var services = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System);
        history.AddTo(services);
        await using var provider = services.BuildServiceProvider();
        await provider.GetRequiredService<DatabaseMigrator>().MigrateAsync(cancellationToken);
        return history;
    }

    public void AddTo(IServiceCollection services) => services.AddPortalData(Connection).AddJobHistory<SqliteJobHistory>();

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
