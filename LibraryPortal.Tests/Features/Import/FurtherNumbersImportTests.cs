using LibraryPortal.Collection;
using LibraryPortal.Domain.Imports;
using LibraryPortal.Tests.Domain.Catalog.Marc;
using LibraryPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Tests.Features.Import;

/// <summary>Records and rows with several ISBNs and series.</summary>
public sealed class FurtherNumbersImportTests : IAsyncLifetime
{
    ImportBench _bench = null!;

    public async ValueTask InitializeAsync() => _bench = await ImportBench.CreateAsync();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task Record_KeepsAllItsNumbers_AndIsKnownByEachOfThem()
    {
        var file = Path.Combine(_bench.Database.Directory, "books.mrc");
        await File.WriteAllBytesAsync(file, MarcSamples.Bytes(MarcSamples.Book(
            "020  $a0141439580 (hbk.)", "020  $a0141439513 (pbk.)", "1001 $aAusten, Jane.", "24510$aEmma", "4900 $aClassics ;$v3", "4900 $aNovels")));
        Assert.Equal(1, (await _bench.RunAsync(file)).Counts.Added);

        // Another spelling, which only the further number tells to be the same book; the new number is kept, one of another book is not.
        const string Rows = "title,authors,isbn,series\nEmma,\"Austen, Jane\",0141439513;9780394735306,Classics\nPersuasion,Jane Austen,0141439513,\n";
        var check = await _bench.TextAsync(Rows, isRehearsal: true);
        var report = await _bench.TextAsync(Rows);

        Assert.Equal((1, 1), (report.Counts.Added, report.Counts.Completed));
        Assert.Equal(report.Counts, check.Counts);
        Assert.Equal(report.Findings, check.Findings);
        await using var database = _bench.Database.Open();
        var emma = await database.Titles.SingleAsync(title => title.Name == "Emma");
        Assert.Equal(["9780141439587", "9780141439518", "9780394735306"], emma.AllIsbns());
        Assert.Equal(["Classics, #3", "Novels", "Classics"], emma.Details.AllSeries());
        Assert.Empty((await database.Titles.SingleAsync(title => title.Name == "Persuasion")).AllIsbns());
        Assert.Equal(2, (await _bench.TextAsync(Rows)).Counts.Unchanged);
    }

    [Fact]
    public async Task RowsOfOneFile_AreOneBook_WhereOneHasAFurtherNumberOfTheOther_InACheckToo()
    {
        // So far apart that they are read in different batches.
        var rows = "title,authors,isbn\nEmma,Jane Austen,9780394735306;0141439513\n" + string.Concat(Enumerable.Range(1, 1_200).Select(i => $"Book {i},,\n")) + "Emma,J. Austen,0141439513\n";
        var check = await _bench.TextAsync(rows, isRehearsal: true);
        Assert.Equal((1_201, 1), (check.Counts.Added, check.Counts.Merged));
        Assert.Equal(check.Counts, (await _bench.TextAsync(rows)).Counts);
    }

    [Fact]
    public async Task Copies_FindTheirTitleByAFurtherNumber()
    {
        await _bench.TextAsync("title,isbn,copies\nEmma,9780394735306;0141439513,0\n");
        await _bench.TextAsync("barcode,isbn\nE-1,0141439513\n", kind: ImportKind.Copies);
        await using var database = _bench.Database.Open();
        Assert.Equal("E-1", (await database.Copies.SingleAsync()).Barcode);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ExportedNumbers_ComeBack(bool isMarc)
    {
        await _bench.TextAsync("title,isbn,series\nEmma,9780394735306;0141439513,\"Saga ; 4 | Novels, #2\"\n");
        var file = Path.Combine(_bench.Database.Directory, isMarc ? "all.xml" : "all.csv");
        await using (var stream = File.Create(file))
            await new ExportCatalog(_bench.Database.Contexts).RunAsync(stream, isMarc ? CatalogFormat.MarcXml : CatalogFormat.Csv);
        await using var to = await ImportBench.CreateAsync();
        await to.RunAsync(file);

        await using var database = to.Database.Open();
        var emma = await database.Titles.SingleAsync();
        Assert.Equal(["9780394735306", "9780141439518"], emma.AllIsbns());
        Assert.Equal(["Saga ; 4", "Novels, #2"], emma.Details.AllSeries());
    }
}
