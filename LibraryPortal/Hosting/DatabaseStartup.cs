using LibraryPortal.Data.Migrations;
using LibraryPortal.Data.Seed;
using Microsoft.Data.Sqlite;

namespace LibraryPortal.Hosting;

/// <summary>
/// Makes the database ready before anything of this process uses it. Started by the host ahead of all other services; web roles migrate and
/// fill, a worker waits until the schema is current.
/// </summary>
internal sealed partial class DatabaseStartup(
    DatabaseMigrator migrator, CatalogSeed seed, PortalSettings settings, IHostEnvironment environment, ILogger<DatabaseStartup> logger) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (settings.Role == PortalRole.Worker)
            {
                await migrator.WaitUntilCurrentAsync(cancellationToken);
                return;
            }

            await migrator.MigrateAsync(cancellationToken);
            if (environment.IsDevelopment() && await seed.FillAsync(cancellationToken) is > 0 and var count)
                Filled(count);
        }
        catch (Exception error) when (error is DatabaseNotReadyException or SqliteException)
        {
            throw Explain(error, settings);
        }
    }

    /// <summary>One sentence for the operator instead of a stack trace.</summary>
    public static SettingException Explain(Exception error, PortalSettings settings) => error is DatabaseNotReadyException
        ? new SettingException(error.Message, error)
        : new SettingException(
            $"The database cannot be used ({settings.LibraryConnection}): {error.Message} Check that the file is a database of this program, that its folder is writable and the disk has room.",
            error);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(EventId = 310, Level = LogLevel.Information, Message = "The catalogue was empty: filled with {Count} classics for a first look.")]
    partial void Filled(int count);
}
