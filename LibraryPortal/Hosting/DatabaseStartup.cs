using LibraryPortal.Data.Migrations;
using Microsoft.Data.Sqlite;

namespace LibraryPortal.Hosting;

/// <summary>
/// Makes the database ready before anything of this process uses it. Started by the host ahead of all other services; web roles migrate and
/// fill, a worker waits until the schema is current.
/// </summary>
internal sealed class DatabaseStartup(DatabaseMigrator migrator, PortalSettings settings) : IHostedLifecycleService
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
        }
        catch (DatabaseNotReadyException error)
        {
            throw new SettingException(error.Message, error);
        }
        catch (SqliteException error)
        {
            throw new SettingException(
                $"The database cannot be used ({settings.LibraryConnection}): {error.Message} Check that the file is a database of this program, that its folder is writable and the disk has room.",
                error);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
