using LibraryPortal.Data;
using LibraryPortal.Data.Migrations;
using LibraryPortal.Identity.Keys;
using Microsoft.Data.Sqlite;

namespace LibraryPortal.Hosting;

/// <summary>What a command that works on the database has: the settings and the database of the portal, at the current schema, without serving anything.</summary>
internal static class CommandHost
{
    /// <param name="add">Registers what the command needs besides the database.</param>
    /// <returns>A host that is built, never started; dispose it.</returns>
    public static Task<IHost> PrepareAsync(string[] settingArguments, Action<IServiceCollection> add, CancellationToken cancellationToken) =>
        PrepareAsync(settingArguments, (services, _) => add(services), cancellationToken);

    /// <inheritdoc cref="PrepareAsync(string[], Action{IServiceCollection}, CancellationToken)"/>
    public static async Task<IHost> PrepareAsync(string[] settingArguments, Action<IServiceCollection, PortalSettings> add, CancellationToken cancellationToken)
    {
        var (host, settings) = Build(settingArguments, add);
        try
        {
            await host.Services.GetRequiredService<DatabaseMigrator>().MigrateAsync(cancellationToken);
            return host;
        }
        catch (Exception error) when (error is DatabaseNotReadyException or SqliteException)
        {
            host.Dispose();
            throw DatabaseStartup.Explain(error, settings);
        }
    }

    static (IHost Host, PortalSettings Settings) Build(string[] settingArguments, Action<IServiceCollection, PortalSettings> add)
    {
        var builder = Host.CreateApplicationBuilder([.. settingArguments, .. ProgramFolder.Setting(settingArguments)]);
        // A command's output is its result; only what goes wrong is logged beside it.
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter((_, level) => level >= LogLevel.Warning);
        var settings = PortalSettings.Read(builder.Configuration, PortalRole.All, builder.Environment.ContentRootPath);
        PrivateDirectory.Create(settings.DataDirectory);
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddPortalData(settings.LibraryConnection);
        add(builder.Services, settings);
        return (builder.Build(), settings);
    }

    /// <summary>A file named on the command line, relative to where the person stands.</summary>
    public static string FindFile(string path)
    {
        var here = Path.GetFullPath(path);
        // 'dotnet run --project' moves into the project's folder; the shell still knows where it was.
        return Path.Exists(here) || Environment.GetEnvironmentVariable("PWD") is not { Length: > 0 } shell ? here : Path.GetFullPath(path, shell);
    }

    /// <summary>A file to be written, named on the command line, relative to where the person stands.</summary>
    public static string PlaceFile(string path) => PlaceFile(path, Environment.CurrentDirectory, Environment.GetEnvironmentVariable("PWD"));

    // A file that is yet to be cannot tell where it belongs; the project's own file tells that 'dotnet run --project' moved here.
    internal static string PlaceFile(string path, string here, string? shell) =>
        Path.Exists(Path.Combine(here, "LibraryPortal.csproj")) && Path.IsPathFullyQualified(shell ?? "") ? Path.GetFullPath(path, shell!) : Path.GetFullPath(path, here);
}
