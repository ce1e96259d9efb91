using LibraryPortal.Data.Search;
using LibraryPortal.Tests.Architecture;
using LibraryPortal.Tests.Features.Import;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Tests.Data.Search;

/// <summary>Titles of a real catalogue, typed as people do: a letter too many, too few, wrong, or two swapped.</summary>
public sealed class TypoTests
{
    const int Tries = 400;

    static readonly string BooksCsv = Path.GetFullPath(Path.Combine(SourceTree.Root, "..", "shared", "data", "goodbooks-10k", "books.csv"));

    [Fact]
    public async Task MistypedTitles_AreFoundOnTheFirstPage()
    {
        Assert.SkipUnless(File.Exists(BooksCsv), $"The data set is not there: {BooksCsv}");
        await using var bench = await ImportBench.CreateAsync();
        await bench.RunAsync(BooksCsv);
        await using var context = bench.Database.Open();
        var random = new Random(11);
        var titles = (await context.Titles.AsNoTracking().OrderBy(title => title.Id).Select(title => new { title.Id, title.SortKey }).ToListAsync())
            .Where(title => title.SortKey.Split(' ').Any(word => word.Length > 4)).ToList();
        List<string> missed = [];
        var search = new SqliteTitleSearch();
        for (var i = 0; i < Tries; i++)
        {
            var title = titles[random.Next(titles.Count)];
            var typed = Mistype(title.SortKey, random);
            var answer = await search.SearchAsync(context, new TitleSearchRequest { Text = typed, Take = 24 }, default);
            if (!answer.Ids.Contains(title.Id))
                missed.Add($"{typed} ({title.SortKey})");
        }

        var share = 100.0 * (Tries - missed.Count) / Tries;
        TestContext.Current.TestOutputHelper?.WriteLine($"{share:F1} % of {Tries} mistyped titles stand on the first page; not: {string.Join("; ", missed)}");
        Assert.True(share >= 95, $"Only {share:F1} %; not found: {string.Join("; ", missed)}");
    }

    /// <summary>One mistake in one of the longer words.</summary>
    static string Mistype(string text, Random random)
    {
        var words = text.Split(' ');
        var longer = Enumerable.Range(0, words.Length).Where(i => words[i].Length > 4).ToList();
        var at = longer[random.Next(longer.Count)];
        var (word, place, letter) = (words[at], random.Next(words[at].Length - 1), (char)('a' + random.Next(26)));
        words[at] = random.Next(4) switch
        {
            0 => word.Remove(place, 1),
            1 => word.Insert(place, $"{letter}"),
            2 => $"{word[..place]}{letter}{word[(place + 1)..]}",
            _ => $"{word[..place]}{word[place + 1]}{word[place]}{word[(place + 2)..]}",
        };
        return string.Join(' ', words);
    }
}
