using System.Diagnostics;
using System.Globalization;
using LibraryPortal.Data;
using LibraryPortal.Data.Search;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.Catalog.Search;

/// <summary>Measures what the catalogue page waits for: the search, and reading its first page of results.</summary>
internal sealed class SearchBench(IDbContextFactory<PortalDbContext> databases, ITitleSearch search)
{
    // From one letter, which matches nearly all, to a name that matches one; words of several columns; accents; other scripts; an ISBN; nothing.
    static readonly string[] Queries =
    [
        "a", "s", "th", "the", "harry", "harr", "potter rowling", "the lord of the rings", "king", "stephen king it", "garcía márquez", "Brontë", "l'étranger",
        "catch 22", "jrr tolkien", "love", "de", "الفيل", "9780439023481", "history of the world", "nothing has this word xqzzy", "pride prejudice austen",
    ];

    public async Task<IReadOnlyList<string>> RunAsync(int rounds, CancellationToken cancellationToken)
    {
        var find = new SearchCatalog(databases, search);
        List<string> lines = [];
        List<double> all = [];
        await using (var database = await databases.CreateDbContextAsync(cancellationToken))
            lines.Add($"{await database.Titles.CountAsync(cancellationToken):N0} titles, {rounds} rounds of {Queries.Length} queries, milliseconds");
        lines.Add($"{"query",-32} {"found",7} {"p50",8} {"p99",8} {"max",8}");
        foreach (var query in Queries)
        {
            var total = (await find.RunAsync(new CatalogQuery { Words = query }, cancellationToken: cancellationToken)).Page.Total;
            List<double> times = [];
            for (var i = 0; i < rounds; i++)
            {
                var started = Stopwatch.GetTimestamp();
                await find.RunAsync(new CatalogQuery { Words = query }, cancellationToken: cancellationToken);
                times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }

            lines.Add(Line(query, total.ToString("N0", CultureInfo.InvariantCulture), times));
            all.AddRange(times);
        }

        lines.Add(Line("all", "", all));
        return lines;
    }

    static string Line(string name, string found, List<double> times)
    {
        times.Sort();
        double At(double quantile) => times[Math.Min(times.Count - 1, (int)(times.Count * quantile))];
        return string.Create(CultureInfo.InvariantCulture, $"{name,-32} {found,7} {At(.5),8:F2} {At(.99),8:F2} {times[^1],8:F2}");
    }
}
