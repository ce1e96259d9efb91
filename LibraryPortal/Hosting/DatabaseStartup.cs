using LibraryPortal.Data.Migrations;
using LibraryPortal.Data.Seed;
using Microsoft.Data.Sqlite;

namespace LibraryPortal.Hosting;

/// <summary>
/// Makes the database ready before anything of this process uses it: web roles migrate and fill, a worker waits until the schema is current.
/// Called before the host starts, which would log a refusal with a stack trace.
/// </summary>
internal sealed partial class DatabaseStartup(
    DatabaseMigrator migrator, CatalogSeed seed, PortalSettings settings, IHostEnvironment environment, ILogger<DatabaseStartup> logger)
{
    /// <exception cref="SettingException">The database cannot be used; the message says why and what to do.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
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

    [LoggerMessage(EventId = 310, Level = LogLevel.Information, Message = "The catalogue was empty: filled with {Count} classics for a first look.")]
    partial void Filled(int count);
}
