using System.CommandLine;
using System.Runtime.InteropServices;
using System.Text.Json;
using LibraryPortal.Data;
using LibraryPortal.Features.JobConsole;
using LibraryPortal.Features.JobConsole.Audited;
using LibraryPortal.Jobs;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Console;

namespace LibraryPortal.Hosting.JobCommands;

/// <summary>What a command on jobs has: the engine's client on the store of the running portal, beside it, and one way to end.</summary>
/// <remarks>Whoever may read the data directory, or knows the address of Redis, may do all of it.</remarks>
internal static class JobCommandHost
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>Refused as things are: an unknown job, one that has ended.</summary>
    public const int Refused = 1;

    /// <summary>What was typed cannot be used.</summary>
    public const int WrongInput = 2;

    /// <summary>The store cannot be reached, or there is none.</summary>
    public const int StoreAway = 3;

    /// <summary>Stopped from outside, by Ctrl-C or by SIGTERM: for either what shells count for Ctrl-C.</summary>
    public const int Interrupted = 130;

    /// <summary>The option of every command that answers programs, too.</summary>
    public static Option<bool> Json() => new("--json") { Description = "Write JSON for programs instead of text for people." };

    /// <summary>Runs a command on the store and turns what is expected to go wrong into a sentence on standard error and an exit code.</summary>
    /// <param name="act">Returns the exit code. Its token is cancelled by Ctrl-C and SIGTERM, so that what is done is written down; a second one ends the process.</param>
    public static async Task<int> RunAsync(string[] settings, Func<IServiceProvider, CancellationToken, Task<int>> act)
    {
        var builder = Host.CreateApplicationBuilder([.. settings, .. ProgramFolder.Setting(settings)]);
        var portal = PortalSettings.Read(builder.Configuration, PortalRole.All, builder.Environment.ContentRootPath);
        if (portal.RedisConnection is null && !File.Exists(portal.JobsDatabase))
        {
            return await RefuseAsync(
                $"There is no job store in {portal.DataDirectory}: start the portal once, give its --DataDirectory, or its Redis with --ConnectionStrings:Redis.", StoreAway);
        }

        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        await using var services = Provide(builder.Configuration, portal, hasLibrary: File.Exists(portal.LibraryFile));
        try
        {
            return await act(services, stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return await RefuseAsync("Stopped. What was done before stays done.", Interrupted);
        }
        catch (JobStoreUnavailableException error)
        {
            return await RefuseAsync(error.Message, StoreAway);
        }
        catch (SqliteException error)
        {
            return await RefuseAsync($"The job store, or the library's database {portal.LibraryFile}, cannot be used: {error.Message} Start the portal once, so that it brings both up to date.", StoreAway);
        }
        catch (Exception error) when (error is ArgumentException or JsonException)
        {
            return await RefuseAsync(error is ArgumentException argument ? ArgumentSentence.Of(argument) : error.Message, WrongInput);
        }

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = !stop.IsCancellationRequested;
            stop.Cancel();
        }
    }

    public static async Task<int> RefuseAsync(string sentence, int code = Refused)
    {
        await Console.Error.WriteLineAsync(sentence);
        return code;
    }

    /// <exception cref="ArgumentException">It is none.</exception>
    public static JobId ReadId(string text) => JobId.TryParse(text, null, out var id)
        ? id
        : throw new ArgumentException($"'{text}' is not a job id; expected 32 hexadecimal digits.");

    static ServiceProvider Provide(IConfiguration configuration, PortalSettings portal, bool hasLibrary)
    {
        var services = new ServiceCollection();
        services.AddSingleton(configuration);
        // Standard output is for the answer alone; what a database refuses is said in a sentence.
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Error).AddFilter("Microsoft.EntityFrameworkCore", LogLevel.None).AddConsole());
        services.Configure<ConsoleLoggerOptions>(static console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        services.AddSingleton(TimeProvider.System);
        services.AddPortalData(portal.LibraryConnection);
        services.AddPortalJobClient(portal, hasLibrary);
        services.AddSteering();
        services.AddSingleton(provider => new SteeringRecord(
            hasLibrary ? provider.GetRequiredService<IDbContextFactory<PortalDbContext>>() : null, TimeProvider.System, provider.GetRequiredService<ILogger<SteeringRecord>>()));
        return services.BuildServiceProvider();
    }
}
