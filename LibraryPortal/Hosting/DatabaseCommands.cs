using System.CommandLine;
using LibraryPortal.Data;
using LibraryPortal.Data.Migrations;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Hosting;

/// <summary><c>database unlock</c>: the remedy for a process that was killed while it migrated.</summary>
internal static class DatabaseCommands
{
    public static Command Database(string[] settings)
    {
        var unlock = new Command("unlock", "Release the migration lock that a killed process left behind. Make sure that no other process is migrating.");
        unlock.SetAction((_, token) => UnlockAsync(settings, token));
        return new Command("database", "Look after the database.") { unlock };
    }

    static async Task<int> UnlockAsync(string[] settings, CancellationToken cancellationToken)
    {
        var (host, portal) = CommandHost.Build(settings, _ => { });
        using (host)
        {
            try
            {
                await using var database = await host.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(cancellationToken);
                var wasHeld = await MigrationLock.ReleaseAsync(database, cancellationToken);
                Console.WriteLine(wasHeld ? "The migration lock is released. Start the portal again." : "There was no migration lock to release.");
                return 0;
            }
            catch (SqliteException error)
            {
                throw DatabaseStartup.Explain(error, portal);
            }
        }
    }
}
