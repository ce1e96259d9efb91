using System.Diagnostics;
using System.Globalization;
using LibraryPortal.Data;
using LibraryPortal.Data.Search;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.Catalog.Search;

/// <summary>Measures what the catalogue page waits for: the search, and reading its first page of results.</summary>
internal sealed class SearchBench(IDbContextFactory<PortalDbContext> databases, ITitleSearch search)
{
    // From one letter, which matches nearly all, to a name that matches one; words of several columns; accents; other scripts; an ISBN; mistyped; nothing;
    // narrowed, sorted and turned over.
    static readonly string[] Queries =
    [
        "q=a", "q=th", "q=the", "q=harry", "q=harr", "q=potter rowling", "q=the lord of the rings", "q=king", "q=stephen king it", "q=garcía márquez", "q=Brontë", "q=l'étranger",
        "q=catch 22", "q=jrr tolkien", "q=love", "q=de", "q=الفيل", "q=9780439023481", "q=history of the world", "q=nothing has this word xqzzy", "q=pride prejudice austen",
        "q=histroy gardne", "", "available=1", "subject=Fiction", "subject=Fiction&subject=Poetry&language=de&decade=2010", "q=love&subject=Fiction", "q=river&available=1",
        "q=garden&language=fr&sort=year", "q=winter&author=John Smith", "sort=newest", "sort=author&page=12", "q=love&sort=title", "subject=Travel&sort=requested", "q=night&page=20",
    ];

    public async Task<IReadOnlyList<string>> RunAsync(int rounds, CancellationToken cancellationToken)
    {
        var find = new SearchCatalog(databases, search);
        List<string> lines = [];
        List<double> all = [];
        await using (var database = await databases.CreateDbContextAsync(cancellationToken))
            lines.Add($"{await database.Titles.CountAsync(cancellationToken):N0} titles, {rounds} rounds of {Queries.Length} queries, milliseconds");
        lines.Add($"{"query",-56} {"found",7} {"p50",8} {"p99",8} {"max",8} {"cpu",8}");
        foreach (var query in Queries)
        {
            var total = (await find.RunAsync(Read(query), cancellationToken: cancellationToken)).Page.Total;
            List<double> times = [];
            var worked = Environment.CpuUsage.TotalTime;
            for (var i = 0; i < rounds; i++)
            {
                var started = Stopwatch.GetTimestamp();
                await find.RunAsync(Read(query), cancellationToken: cancellationToken);
                times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }

            // On a machine that does other things besides, the processor's time says more than the clock's.
            var each = (Environment.CpuUsage.TotalTime - worked).TotalMilliseconds / rounds;
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"{Line(query, total.ToString("N0", CultureInfo.InvariantCulture), times)} {each,8:F2}"));
            all.AddRange(times);
        }

        lines.Add(Line("all", "", all));
        return lines;
    }

    static CatalogQuery Read(string query)
    {
        var values = QueryHelpers.ParseQuery(query);
        return CatalogQuery.Read(name => values.GetValueOrDefault(name));
    }

    static string Line(string name, string found, List<double> times)
    {
        times.Sort();
        double At(double quantile) => times[Math.Min(times.Count - 1, (int)(times.Count * quantile))];
        return string.Create(CultureInfo.InvariantCulture, $"{name,-56} {found,7} {At(.5),8:F2} {At(.99),8:F2} {times[^1],8:F2}");
    }
}
