using LibraryPortal.Data;
using LibraryPortal.Data.JobHistory;
using LibraryPortal.Data.Migrations;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.History;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Hosting.Bench;

/// <summary>Fills a history with ended jobs and runs each kind of search on it, as the console does: the count and a page of 25.</summary>
internal static class HistoryBench
{
    const int Batch = 1_000;
    const int Page = 25;
    const int DeepPage = HistoryPage.MostCounted - Page;

    public static async Task<HistoryFigures> RunAsync(int rows, int runs, CancellationToken cancellationToken)
    {
        var directory = Directory.CreateTempSubdirectory("libraryportal-bench-").FullName;
        var file = Path.Combine(directory, "library.db");
        try
        {
            var services = new ServiceCollection();
            services.AddLogging();
            services.AddSingleton(TimeProvider.System);
            services.AddPortalData(new SqliteConnectionStringBuilder { DataSource = file }.ToString());
            await using var provider = services.BuildServiceProvider();
            await provider.GetRequiredService<DatabaseMigrator>().MigrateAsync(cancellationToken);
            var history = new SqliteJobHistory(provider.GetRequiredService<IDbContextFactory<PortalDbContext>>());
            var rate = await FillAsync(history, rows, cancellationToken);
            List<SearchFigures> searches = [];
            foreach (var (what, query) in Searches(rows))
                searches.Add(await MeasureAsync(history, what, query, runs, cancellationToken));
            return new HistoryFigures(rate, new FileInfo(file).Length, searches);
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            Directory.Delete(directory, recursive: true);
        }
    }

    static async Task<double> FillAsync(SqliteJobHistory history, int rows, CancellationToken cancellationToken)
    {
        var random = new Random(1);
        var began = TimeProvider.System.GetTimestamp();
        for (var at = 0; at < rows; at += Batch)
        {
            var batch = Enumerable.Range(at, Math.Min(Batch, rows - at)).Select(number => EndedJobs.Make(number, rows, random)).ToList();
            await history.AddAsync(batch, cancellationToken);
        }

        return rows / TimeProvider.System.GetElapsedTime(began).TotalSeconds;
    }

    static async Task<SearchFigures> MeasureAsync(SqliteJobHistory history, string what, HistoryQuery query, int runs, CancellationToken cancellationToken)
    {
        var found = 0;
        var delays = new double[runs];
        for (var run = 0; run < runs; run++)
        {
            var began = TimeProvider.System.GetTimestamp();
            found = (await history.SearchAsync(query with { Count = Page }, cancellationToken)).Total;
            delays[run] = TimeProvider.System.GetElapsedTime(began).TotalMilliseconds;
        }

        return new SearchFigures(what, found, Delays.Of(delays));
    }

    static IEnumerable<(string What, HistoryQuery Query)> Searches(int rows)
    {
        var (early, late) = (EndedJobs.Begin + (EndedJobs.Span / 3), EndedJobs.Begin + (EndedJobs.Span * (2.0 / 3)));
        var (owner, worker) = (EndedJobs.OwnerOf(700), EndedJobs.WorkerOf(3));
        yield return ("everything", new());
        yield return ("everything, the 400th page", new() { Offset = DeepPage });
        yield return ("type, common", new() { Name = "mail.send" });
        yield return ("type, rare", new() { Name = "circulation.nightly" });
        yield return ("type, the 400th page", new() { Name = "mail.send", Offset = DeepPage });
        yield return ("owner", new() { Owner = owner });
        yield return ("state, common", new() { State = JobState.Succeeded });
        yield return ("state, rare", new() { State = JobState.Quarantined });
        yield return ("tag, common", new() { Tag = EndedJobs.CommonTag });
        yield return ("tag, rare", new() { Tag = EndedJobs.RareTag });
        yield return ("tag, the 400th page", new() { Tag = EndedJobs.CommonTag, Offset = DeepPage });
        yield return ("time, an hour", new() { From = early, To = early.AddHours(1) });
        yield return ("time, a month", new() { From = early, To = late });
        yield return ("duration, common", new() { Longer = TimeSpan.FromMilliseconds(10) });
        yield return ("duration, rare", new() { Longer = TimeSpan.FromMinutes(5) });
        yield return ("duration, in a month", new() { Longer = TimeSpan.FromMinutes(3), From = early, To = late });
        yield return ("worker", new() { Worker = worker });
        yield return ("worker, the 400th page", new() { Worker = worker, Offset = DeepPage });
        yield return ("words of arguments, common", new() { Text = "loan due" });
        yield return ("words of arguments, rare", new() { Text = $"C{rows / 2:D7}" });
        yield return ("words of arguments, the 400th page", new() { Text = "loan due", Offset = DeepPage });
        yield return ("words of an error", new() { Text = "smtp timed" });
        yield return ("the beginning of a word", new() { Text = "pass" });
        yield return ("words nobody wrote", new() { Text = "zeppelin" });
        yield return ("type, state and owner", new() { Name = "mail.send", State = JobState.Failed, Owner = owner });
        yield return ("type, state and duration", new() { Name = "reports.export", State = JobState.Failed, Longer = TimeSpan.FromMinutes(5) });
        yield return ("type and state, rare together", new() { Name = "circulation.nightly", State = JobState.Failed });
        yield return ("type and state, common", new() { Name = "mail.send", State = JobState.Succeeded });
        yield return ("owner and duration", new() { Owner = owner, Longer = TimeSpan.FromMinutes(1) });
        yield return ("state and duration, rare", new() { State = JobState.Succeeded, Longer = TimeSpan.FromMinutes(12) });
        yield return ("state and duration, one in twenty", new() { State = JobState.Succeeded, Longer = TimeSpan.FromSeconds(30) });
        yield return ("type and duration, rare", new() { Name = "mail.send", Longer = TimeSpan.FromMinutes(12) });
        yield return ("state and worker", new() { State = JobState.Failed, Worker = worker });
        yield return ("owner and time", new() { Owner = owner, From = early, To = late });
        yield return ("words, state, type and a month", new() { Text = "locked", State = JobState.Failed, Name = "loans.remind", From = early, To = late });
        yield return ("words, tag, worker, duration", new() { Text = "report", Tag = EndedJobs.CommonTag, Worker = worker, Longer = TimeSpan.FromSeconds(30) });
    }
}
