using LibraryPortal.Features.Import.Findings;
using LibraryPortal.Tests.Architecture;
using LibraryPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Tests.Features.Import;

/// <summary>The real file of 10,000 books, with all that is wrong in it.</summary>
public sealed class GoodbooksImportTests
{
    static readonly string BooksCsv = Path.GetFullPath(Path.Combine(SourceTree.Root, "..", "shared", "data", "goodbooks-10k", "books.csv"));

    [Fact]
    public async Task AllRows_AreImportedInTimeAndASecondRunChangesNothing()
    {
        Assert.SkipUnless(File.Exists(BooksCsv), $"The data set is not there: {BooksCsv}");
        await using var bench = await ImportBench.CreateAsync();
        var started = TimeProvider.System.GetTimestamp();

        var (rows, first, findings) = await bench.RunAsync(BooksCsv);
        var duration = TimeProvider.System.GetElapsedTime(started);
        var (_, second, _) = await bench.RunAsync(BooksCsv);

        TestContext.Current.TestOutputHelper?.WriteLine($"10,000 rows in {duration.TotalSeconds:F1} s");
        Assert.True(duration < TimeSpan.FromSeconds(40), $"It took {duration.TotalSeconds:F1} s.");
        Assert.Equal((10_000, 9_999, 9_999, 0), (rows, first.Added, first.Copies, first.Refused));
        Assert.Equal("“'Salem's Lot” as in row 350", Assert.Single(findings, finding => finding.Kind == FindingKind.Merged).Detail);
        Assert.Equal(23, findings.Count(finding => finding.Reason == "ISBN with a wrong check digit or length, left out"));
        Assert.Equal((0, 0, 0, 10_000), (second.Added, second.Completed, second.Copies, second.Unchanged));
        await using var context = bench.Database.Open();
        // 9,277 valid ISBN-10, one of them in the merged row; two more books have only a whole ISBN-13.
        Assert.InRange(await context.Titles.CountAsync(title => title.Isbn10 != null), 9_276, 9_290);
        Assert.Equal(-1750, await context.Titles.MinAsync(title => title.Year));
        Assert.Equal(1, await context.Titles.CountAsync(title => title.Name == "#GIRLBOSS"));
        var hunger = await context.Titles.SingleAsync(title => title.Isbn10 == "0439023483");
        Assert.Equal(("The Hunger Games", "The Hunger Games, #1", 2008, "en", "9780439023481"), (hunger.Name, hunger.Series, hunger.Year, hunger.Language, hunger.Isbn13));
        Assert.Equal(47, (await context.Titles.SingleAsync(title => title.Name.StartsWith("The Portable Atheist"))).Authors.Count);
    }
}
