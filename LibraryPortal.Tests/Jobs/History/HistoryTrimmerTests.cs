using LibraryPortal.Data.JobHistory;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.History;
using LibraryPortal.Tests.Data.JobHistory;
using LibraryPortal.Tests.Support;
using Microsoft.Extensions.Hosting;

namespace LibraryPortal.Tests.Jobs.History;

/// <summary>The history is trimmed by itself, as its settings say.</summary>
public sealed class HistoryTrimmerTests
{
    [Fact]
    public async Task Trimmer_NowAndThen_DeletesWhatIsTooOldAndWhatIsTooMuch()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var folder = new TemporaryFolder();
        var (clock, history) = (new ManualClock(), new SqliteJobHistory(database.Contexts));
        var services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(clock).AddSingleton<IJobHistory>(history);
        services.AddJobs().AddSqliteJobStore(folder.File("jobs.db")).AddJobHistoryDrain();
        services.Configure<HistoryOptions>(options => (options.KeepFor, options.KeepAtMost) = (TimeSpan.FromDays(30), 3));
        await using var provider = services.BuildServiceProvider(validateScopes: true);
        await history.AddAsync([Ended(31), Ended(20), Ended(19)], default);
        foreach (var hosted in provider.GetServices<IHostedService>())
            await hosted.StartAsync(default);

        // One is too old.
        await UntilKeptAsync(20, 19);
        await history.AddAsync([Ended(18), Ended(17), Ended(16)], default);
        // Two are too many.
        await UntilKeptAsync(18, 17, 16);

        foreach (var hosted in provider.GetServices<IHostedService>().Reverse())
            await hosted.StopAsync(default);

        JobRecord Ended(int daysAgo) => SqliteJobHistoryTests.Ended(name: $"test.d{daysAgo}") with { FinishedAt = clock.GetUtcNow() - TimeSpan.FromDays(daysAgo) };

        Task UntilKeptAsync(params int[] days) => Eventually.HoldsAsync($"those of {string.Join(", ", days)} days ago are kept", async () =>
        {
            clock.Advance(TimeSpan.FromMinutes(1));
            var kept = (await history.SearchAsync(new HistoryQuery(), default)).Jobs.Select(job => job.Envelope.Name).Order(StringComparer.Ordinal);
            return kept.SequenceEqual(days.Select(day => $"test.d{day}").Order(StringComparer.Ordinal), StringComparer.Ordinal);
        }, TimeSpan.FromSeconds(60));
    }
}
