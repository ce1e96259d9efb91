using System.Text.Json;
using LibraryPortal.Data.JobHistory;
using LibraryPortal.Domain.Audit;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Diagnostics;
using LibraryPortal.Jobs.Stores;
using LibraryPortal.Tests.Data.JobHistory;
using LibraryPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Tests.Hosting.JobCommands;

/// <summary>A data directory as a portal leaves it, with a library and an embedded job store, and commands on it. Nobody runs jobs.</summary>
internal sealed class CommandRig(TestDatabase library, ServiceProvider engine) : IAsyncDisposable
{
    public string Folder => library.Directory;

    public IServiceProvider Engine => engine;

    public static async Task<CommandRig> CreateAsync()
    {
        var library = await TestDatabase.CreateAsync();
        var engine = new ServiceCollection().AddLogging().AddJobs().AddDiagnosticsJobs().AddSqliteJobStore(Path.Combine(library.Directory, "jobs.db")).BuildServiceProvider();
        await engine.GetRequiredService<IJobStore>().CheckAsync(default);
        return new CommandRig(library, engine);
    }

    public Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments) =>
        InlineCommand.RunAsync([.. arguments, "--DataDirectory", Folder, "--Jobs:Diagnostics", "true"]);

    /// <summary>Runs a command that is done, and reads what it wrote with <c>--json</c>.</summary>
    public async Task<JsonElement> ReadAsync(params string[] arguments)
    {
        var (code, output, errors) = await RunAsync([.. arguments, "--json"]);
        Assert.True(code == 0 && errors.Length == 0, $"{code} {errors}");
        return JsonElement.Parse(output);
    }

    /// <summary>Runs a command that is refused.</summary>
    /// <returns>What it wrote on standard error, to the last character a sentence of one line.</returns>
    public async Task<string> RefusedAsync(int code, params string[] arguments)
    {
        var (ended, output, errors) = await RunAsync(arguments);
        Assert.Equal((code, ""), (ended, output));
        return Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>Fills the history with outcomes that are all alike.</summary>
    public async Task FillHistoryAsync(int count)
    {
        await new SqliteJobHistory(library.Contexts).AddAsync([SqliteJobHistoryTests.Ended()], default);
        await using var database = library.Open();
        await database.Database.ExecuteSqlAsync($"""
            WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < {count})
            INSERT INTO JobHistory (JobId, Name, State, Owner, Worker, FinishedAt, DurationMs, Tags, Record)
            SELECT hex(randomblob(16)), Name, State, Owner, Worker, FinishedAt, DurationMs, Tags, Record FROM JobHistory, number
            """);
    }

    public IReadOnlyList<AuditEntry> Audit()
    {
        using var database = library.Open();
        return [.. database.Audit.OrderBy(entry => entry.Id)];
    }

    public async ValueTask DisposeAsync()
    {
        await engine.DisposeAsync();
        await library.DisposeAsync();
    }
}
