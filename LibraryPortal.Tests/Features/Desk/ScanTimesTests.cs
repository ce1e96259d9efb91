using System.Diagnostics;
using LibraryPortal.Data;
using LibraryPortal.Domain.Imports;
using LibraryPortal.Features.Desk;
using LibraryPortal.Features.Import;
using LibraryPortal.Identity;
using LibraryPortal.Tests.Architecture;
using LibraryPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Tests.Features.Desk;

/// <summary>How long the server needs for a scan over the 10,000 real titles, as the desk calls it: the answer, and the reader's panel read anew.</summary>
public sealed class ScanTimesTests
{
    const int Readers = 70;

    static readonly string BooksCsv = Path.GetFullPath(Path.Combine(SourceTree.Root, "..", "shared", "data", "goodbooks-10k", "books.csv"));

    [Fact]
    public async Task CardLendAndReturn_OverTenThousandTitles()
    {
        Assert.SkipUnless(File.Exists(BooksCsv), $"The data set is not there: {BooksCsv}");
        await using var portal = new PortalApp();
        await portal.InitializeAsync();
        using var report = TestLibrary.Allowed(await portal.Services.GetRequiredService<ImportFile>().RunAsync(BooksCsv, ImportKind.Titles, null, isRehearsal: false));
        var librarian = new Caller((await portal.CreateUserAsync("lena", Roles.Librarian)).Id, IsLibrarian: true, IsAdmin: false);
        for (var i = 0; i < Readers; i++)
            await portal.CreateUserAsync($"reader{i}");
        List<(string Reader, string Card, string Barcode)> day;
        await using (var database = await portal.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync())
        {
            var barcodes = await database.Copies.OrderBy(copy => copy.Barcode).Take(Readers).Select(copy => copy.Barcode).ToListAsync();
            var readers = await database.Patrons.Where(patron => patron.Category == "Adult").OrderBy(patron => patron.CardNumber).ToListAsync();
            day = [.. readers.Zip(barcodes, (reader, barcode) => (reader.UserId, reader.CardNumber, barcode))];
        }

        var (scans, panel) = (portal.Services.GetRequiredService<HandleScan>(), portal.Services.GetRequiredService<ReadDeskPatron>());
        List<double> times = [];
        foreach (var (reader, card, barcode) in day)
        {
            foreach (var (turn, text) in new[] { (null, card), (reader, barcode), ((string?)null, barcode) })
            {
                var start = Stopwatch.GetTimestamp();
                var answer = await scans.RunAsync(librarian, turn, text);
                if ((answer.Patron ?? turn) is { } shown)
                    await panel.RunAsync(librarian, shown);
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                Assert.NotEqual(DeskTone.Refused, answer.Tone);
            }
        }

        times.Sort();
        Assert.Equal(3 * Readers, times.Count);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{times.Count} scans over 10,000 titles: median {times[times.Count / 2]:N1} ms, 99 % within {times[times.Count * 99 / 100]:N1} ms, slowest {times[^1]:N1} ms.");
        // The promise is 150 ms; the median holds it on a machine that does ten other things, too.
        Assert.True(times[times.Count / 2] < 150, $"The median scan took {times[times.Count / 2]:N0} ms.");
    }
}
