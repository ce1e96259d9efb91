using LibraryPortal.Jobs.Stores.Redis;
using Microsoft.Data.Sqlite;

namespace LibraryPortal.Hosting;

/// <summary>The settings that decide where things live, read once at start.</summary>
internal sealed record PortalSettings(PortalRole Role, string DataDirectory, string LibraryConnection, string? RedisConnection)
{
    /// <summary>Where the portal listens when nothing else is set.</summary>
    public const string DefaultUrl = "http://localhost:5080";

    /// <summary>Begins the keys of the job store, so that several portals can share one Redis. Default: <c>lp</c>.</summary>
    public string RedisPrefix { get; init; } = "lp";

    /// <summary>Whether the jobs named <c>diagnostics.…</c> are known. One of them kills its process. Default: false.</summary>
    public bool Diagnostics { get; init; }

    /// <summary>The file of <see cref="LibraryConnection"/>.</summary>
    public string LibraryFile => new SqliteConnectionStringBuilder(LibraryConnection).DataSource;

    public string JobsDatabase => Path.Combine(DataDirectory, "jobs.db");

    public string Files => Path.Combine(DataDirectory, "files");

    /// <summary>Uploaded files of imports, and what was found in them.</summary>
    public string Imports => Path.Combine(DataDirectory, "imports");

    public string Covers => Path.Combine(DataDirectory, "covers");

    public string Mail => Path.Combine(DataDirectory, "mail");

    public string Keys => Path.Combine(DataDirectory, "keys");

    /// <exception cref="SettingException">A setting is missing or cannot be used.</exception>
    public static PortalSettings Read(IConfiguration configuration, PortalRole role, string contentRoot)
    {
        var dataDirectory = Path.GetFullPath(configuration["DataDirectory"] ?? "App_Data", contentRoot);
        var redis = configuration.GetConnectionString("Redis");
        if (string.IsNullOrWhiteSpace(redis))
            redis = null;

        if (role != PortalRole.All && redis is null)
        {
            throw new SettingException(
                $"'{role.ToString().ToLowerInvariant()}' shares its jobs with other processes and needs Redis: set ConnectionStrings__Redis, " +
                "for example to localhost:6379. For one process without Redis start the program with no command.");
        }

        var prefix = configuration["Jobs:RedisPrefix"] ?? "lp";
        if (redis is not null && RedisStoreModule.FindFault(redis, prefix) is { } fault)
            throw new SettingException(fault);

        return new PortalSettings(role, dataDirectory, ResolveSqlite(configuration.GetConnectionString("Library"), dataDirectory), redis) { RedisPrefix = prefix, Diagnostics = configuration.GetValue<bool>("Jobs:Diagnostics") };
    }

    static string ResolveSqlite(string? connectionString, string dataDirectory)
    {
        if (string.IsNullOrWhiteSpace(connectionString))
            connectionString = "Data Source=library.db";
        try
        {
            var parts = new SqliteConnectionStringBuilder(connectionString);
            if (string.IsNullOrWhiteSpace(parts.DataSource))
                throw new SettingException($"ConnectionStrings:Library is '{connectionString}'; expected 'Data Source=FILE'.");
            parts.DataSource = Path.GetFullPath(parts.DataSource, dataDirectory);
            return parts.ToString();
        }
        catch (ArgumentException error)
        {
            throw new SettingException($"ConnectionStrings:Library is '{connectionString}'; expected a SQLite connection string such as 'Data Source=library.db'. {error.Message}", error);
        }
    }
}
