using LibraryPortal.Data.Accounts;
using LibraryPortal.Data.Migrations;
using LibraryPortal.Data.Outbox;
using LibraryPortal.Data.Search;
using LibraryPortal.Data.Seed;
using LibraryPortal.Data.Settings;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace LibraryPortal.Data;

/// <summary>Registers the portal's database.</summary>
public static class DataModule
{
    /// <param name="connectionString">A SQLite connection string, relative paths already resolved.</param>
    public static IServiceCollection AddPortalData(this IServiceCollection services, string connectionString)
    {
        services.UseIdentitySchema();
        services.AddDbContextFactory<SqlitePortalDbContext>(options => options
            .UseSqlite(connectionString)
            .AddInterceptors(new SqlitePragmas())
            // What EF warns of here, an upgrade cut short between two transactions, is what UpgradeCopy mends.
            .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.NonTransactionalMigrationOperationWarning)));
        services.AddSingleton<IDbContextFactory<PortalDbContext>, PortalDbContextFactory<SqlitePortalDbContext>>();
        services.AddScoped<PortalDbContext>(provider => provider.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContext());
        services.AddSingleton<ITitleSearch, SqliteTitleSearch>();
        services.AddSingleton<DatabaseMigrator>();
        services.AddSingleton<CatalogSeed>();
        services.AddSingleton<OutboxSignal>();
        services.AddSingleton<CurrentCalendar>();
        return services;
    }

    /// <summary>Hands jobs written with a database change over to the engine. Every process that writes needs it; needs the job client.</summary>
    public static IServiceCollection AddOutboxRelay(this IServiceCollection services) => services.AddHostedService<OutboxRelay>();
}
