using System.Text;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Domain.Imports;
using LibraryPortal.Features.Import.Findings;
using LibraryPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Tests.Features.Import;

/// <summary>Small files with everything that goes wrong in them.</summary>
public sealed class ImportCatalogTests : IAsyncLifetime
{
    ImportBench _bench = null!;

    public async ValueTask InitializeAsync() => _bench = await ImportBench.CreateAsync();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task GeneralFile_IsReadWithAllItsColumns()
    {
        var report = await ImportAsync("""
            Title,Author,Year,ISBN,Language,Subjects,Description,Copies,Shelf
            The Iliad,Homer;Robert Fagles,750 BC,0140275363,eng,Epic; Poetry,Anger.,2,POE HOM
            "Quotes ""inside"", and a comma",,,,,,,,
            """);

        Assert.Equal((2, 3, 0), (report.Counts.Added, report.Counts.Copies, report.Findings.Count));
        await using var context = _bench.Database.Open();
        var iliad = await context.Titles.Include(title => title.Copies).SingleAsync(title => title.SortKey == "iliad");
        Assert.Equal(["Homer", "Robert Fagles"], iliad.Authors);
        Assert.Equal(["Epic", "Poetry"], iliad.Subjects);
        Assert.Equal((-750, "en", "9780140275360", "Anger."), (iliad.Year, iliad.Language, iliad.Isbn13, iliad.Description));
        Assert.Equal(["POE HOM", "POE HOM"], iliad.Copies.Select(copy => copy.Shelf));
        Assert.True(await context.Titles.AnyAsync(title => title.Name == "Quotes \"inside\", and a comma"));
    }

    [Theory]
    [InlineData("title;authors\nÉmile;Rousseau", "Émile")]
    [InlineData("title\tauthors\nÉmile\tRousseau", "Émile")]
    public async Task OtherSeparators_AreRecognised(string text, string name)
    {
        Assert.Equal(1, (await ImportAsync(text)).Counts.Added);
        await using var context = _bench.Database.Open();
        Assert.Equal(name, (await context.Titles.SingleAsync()).Name);
    }

    [Theory]
    [InlineData("utf-8", true)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16BE", true)]
    public async Task ByteOrderMark_IsUnderstood(string encoding, bool hasMark)
    {
        var file = Path.Combine(_bench.Database.Directory, "books.csv");
        await File.WriteAllTextAsync(file, "title\nÉmile\n", encoding == "utf-8" ? new UTF8Encoding(hasMark) : Encoding.GetEncoding(encoding));
        await _bench.RunAsync(file);
        await using var context = _bench.Database.Open();
        Assert.Equal("Émile", (await context.Titles.SingleAsync()).Name);
    }

    [Fact]
    public async Task FileThatIsNotUtf8_IsRefusedUnlessItsEncodingIsNamed()
    {
        var file = Path.Combine(_bench.Database.Directory, "books.csv");
        await File.WriteAllBytesAsync(file, Encoding.Latin1.GetBytes("title\nÉmile\n"));

        var refusal = (await _bench.TryAsync(file)).Refusal!;
        Assert.Contains("is not UTF-8", refusal.Message, StringComparison.Ordinal);
        await AssertEmptyAsync();

        TestLibrary.Allowed(await _bench.TryAsync(file, Encoding.Latin1)).Dispose();
        await using var context = _bench.Database.Open();
        Assert.Equal("Émile", (await context.Titles.SingleAsync()).Name);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("{\"books\": [1, 2]}", "has no column called 'title'")]
    [InlineData("a,b,c\n1,2,3", "its first row is: a, b, c")]
    [InlineData("title\n\"a quote that is never closed, with much behind it ", "never closed")]
    [InlineData("\0\0\0\u0001binary", "is not a text file")]
    public async Task FileThatIsNoListOfBooks_IsRefusedAndNothingChanges(string text, string reason)
    {
        var file = Path.Combine(_bench.Database.Directory, "books.csv");
        await File.WriteAllTextAsync(file, text.EndsWith("behind it ", StringComparison.Ordinal) ? text + new string('x', 300_000) : text);

        var outcome = await _bench.TryAsync(file);

        Assert.Equal(RefusalKind.Invalid, outcome.Refusal!.Kind);
        Assert.Contains(reason, outcome.Refusal.Message, StringComparison.Ordinal);
        await AssertEmptyAsync();
    }

    [Fact]
    public async Task MissingFile_IsRefused()
    {
        var outcome = await _bench.TryAsync(Path.Combine(_bench.Database.Directory, "none.csv"));
        Assert.EndsWith("none.csv does not exist. Nothing was changed.", outcome.Refusal!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DamagedRows_AreRefusedWithTheirNumbersAndTheRestIsUsed()
    {
        var report = await ImportAsync("""
            title,year,isbn,copies
            One,sometime,1234567890,many
            ,1900,,

            Two,1900,,1,surplus
            Three,1900
            Four,1900.0,,3
            """);

        Assert.Equal(2, report.Counts.Added);
        Assert.Equal([3, 5, 6], report.Findings.Where(finding => finding.Kind == FindingKind.Refused).Select(finding => finding.Row));
        Assert.Equal([2, 2, 2], report.Findings.Where(finding => finding.Kind == FindingKind.Repaired).Select(finding => finding.Row));
        Assert.Equal(5, report.Rows);
    }

    [Fact]
    public async Task HugeCells_AreCutAndSaidSo()
    {
        var authors = string.Join(';', Enumerable.Range(1, 40).Select(i => $"Author number {i}"));
        var report = await ImportAsync($"title,authors,description\n{new string('t', 900)},{authors},{new string('d', 9000)}");

        await using var context = _bench.Database.Open();
        var title = await context.Titles.SingleAsync();
        Assert.Equal((Title.MaxName, Title.MaxDescription, 40), (title.Name.Length, title.Description!.Length, title.Authors.Count));
        Assert.Equal(2, report.Findings.Count);
    }

    [Fact]
    public async Task SameBookTwice_IsMergedAndFillsWhatIsMissing()
    {
        var report = await ImportAsync("""
            title,authors,year,isbn,language
            Emma,Jane Austen,,,
            EMMA!,jane austen,1815,0141439580,en
            Emma,Alexander McCall Smith,2014,,
            Another Name Altogether,Jane Austen,,0141439580,
            """);

        Assert.Equal((3, 1), (report.Counts.Added, report.Counts.Merged));
        await using var context = _bench.Database.Open();
        var emma = await context.Titles.SingleAsync(title => title.IdentityKey.EndsWith("jane austen") && title.SortKey == "emma");
        Assert.Equal(("Emma", 1815, "9780141439587", "en"), (emma.Name, emma.Year, emma.Isbn13, emma.Language));
        Assert.Null((await context.Titles.SingleAsync(title => title.SortKey == "another name altogether")).Isbn13);
    }

    [Fact]
    public async Task SecondRun_ChangesNothing()
    {
        const string File = "title,authors,language\nDie Verwandlung,Franz Kafka,\nDie Verwandlung,Franz Kafka,de\nEmma,Jane Austen,en\n?,,\n";
        await ImportAsync(File);
        var before = await SnapshotAsync();

        var report = await ImportAsync(File);

        Assert.Equal((0, 0, 4, 0), (report.Counts.Added, report.Counts.Completed, report.Counts.Unchanged, report.Counts.Copies));
        Assert.Equal(before, await SnapshotAsync());
    }

    [Fact]
    public async Task Rehearsal_SaysWhatTheImportWillDoAndChangesNothing()
    {
        var file = await WriteAsync("title,isbn\n" + string.Concat(Enumerable.Range(0, 1200).Select(i => $"Book {i % 700},\n")) + "Other,0141439580\nOther one,0141439580\n");

        var rehearsal = await _bench.RunAsync(file, isRehearsal: true);
        await AssertEmptyAsync();
        var report = await _bench.RunAsync(file);

        Assert.Equal((report.Rows, report.Counts), (rehearsal.Rows, rehearsal.Counts));
        Assert.Equal(report.Findings, rehearsal.Findings);
        Assert.Equal(702, report.Counts.Added);
    }

    Task<(int Rows, ImportCounts Counts, IReadOnlyList<Finding> Findings)> ImportAsync(string text) => _bench.TextAsync(text);

    Task<string> WriteAsync(string text) => _bench.WriteAsync(text);

    async Task<string> SnapshotAsync()
    {
        await using var context = _bench.Database.Open();
        var titles = await context.Titles.OrderBy(title => title.Id).Select(title => $"{title.Id} {title.IdentityKey} {title.Language} {title.Isbn13}").ToListAsync();
        return string.Join('\n', titles) + await context.Copies.CountAsync();
    }

    async Task AssertEmptyAsync()
    {
        await using var context = _bench.Database.Open();
        Assert.Equal((0, 0), (await context.Titles.CountAsync(), await context.Copies.CountAsync()));
        // No number was used up either: the series of cards is there from the start.
        Assert.Equal(["cards"], await context.NumberSeries.Select(series => series.Name).ToListAsync());
    }
}
