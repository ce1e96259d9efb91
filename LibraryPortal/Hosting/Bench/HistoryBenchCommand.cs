using System.CommandLine;
using System.Globalization;

namespace LibraryPortal.Hosting.Bench;

/// <summary><c>bench history</c>: measures the search of ended jobs on this machine.</summary>
internal static class HistoryBenchCommand
{
    public static Command Create()
    {
        var rows = new Option<int>("--rows") { Description = "Ended jobs in the history. Default: 1,000,000.", DefaultValueFactory = _ => 1_000_000 };
        var runs = new Option<int>("--runs") { Description = "How often each search runs. Default: 50.", DefaultValueFactory = _ => 50 };
        rows.RequireRange(1_000, 10_000_000);
        runs.RequireRange(1, 10_000);
        var command = new Command("history", "Measure each search of the job history, on a database of its own that is removed afterwards.") { rows, runs };
        command.SetAction((result, token) => RunAsync(result.GetValue(rows), result.GetValue(runs), token));
        return command;
    }

    static async Task<int> RunAsync(int rows, int runs, CancellationToken cancellationToken)
    {
        var figures = await HistoryBench.RunAsync(rows, runs, cancellationToken);
        await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"{rows:N0} ended jobs, {figures.FileBytes / 1e6:N0} MB, added at {figures.AddedPerSecond:N0} a second; each search {runs} times, count and page together\n"));
        await Console.Out.WriteLineAsync("| search | found | p50 ms | p99 ms |\n| --- | --- | --- | --- |");
        foreach (var (what, found, delays) in figures.Searches)
            await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"| {what} | {found:N0} | {delays.P50:N1} | {delays.P99:N1} |"));
        return 0;
    }
}
