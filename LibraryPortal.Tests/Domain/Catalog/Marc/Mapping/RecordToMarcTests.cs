using FsCheck;
using FsCheck.Fluent;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Domain.Catalog.Marc.Mapping;
using LibraryPortal.Domain.Catalog.Records;

namespace LibraryPortal.Tests.Domain.Catalog.Marc.Mapping;

public sealed class RecordToMarcTests
{
    static readonly DateTimeOffset Added = new(2026, 3, 4, 0, 0, 0, TimeSpan.Zero);

    static readonly BibliographicRecord Genji = new()
    {
        ControlNumber = "17",
        Title = "Genji monogatari",
        Subtitle = "a novel",
        Part = "Part 1",
        OriginalTitle = "Genji no monogatari",
        VernacularTitle = "源氏物語",
        Names = [new("Murasaki Shikibu", "Murasaki Shikibu, 978-1014"), new("Edward G. Seidensticker", "Seidensticker, Edward G., 1921-2007", "translator"), new("Unesco", "Unesco", null, IsBody: true)],
        VernacularAuthor = "紫式部",
        Isbns = [Isbn("9780394735306")],
        Languages = ["en", "ja", "grc"],
        Edition = "1st ed.",
        Publisher = "Knopf",
        PublicationPlace = "New York",
        Year = 1976,
        OriginalYear = 1960,
        Extent = "1090 p.",
        Series = [new("UNESCO collection", "v. 3"), new("Classics")],
        Summary = "A prince & his loves.",
        Subjects = ["Japan -- Court and courtiers -- Fiction"],
        Links = [new(new Uri("https://example.org/a?b=c"), "Cover")],
    };

    [Fact]
    public void Map_ThereAndBack_LosesNothing() => AssertReturns(Genji);

    [Fact]
    public void Map_OfTheLeast_LosesNothing() => AssertReturns(new BibliographicRecord { Title = "X" });

    [Fact]
    public void Map_OfYearBeforeOurEra_ReadsBack() => AssertReturns(new BibliographicRecord { Title = "Iliad", Year = -750 });

    [Fact]
    public void Map_GivesEveryCodedPosition()
    {
        var coded = RecordToMarc.Map(Genji, Added).Control("008")!;
        Assert.Equal("260304r19761960xx ||||| |||| 00| ||eng d", coded);
        Assert.Equal(40, coded.Length);
    }

    [Fact]
    public void Map_OfAnyTitle_ReadsBack()
    {
        var words = MarcGenerators.Text.Select(IsbdPunctuation.Trim).Where(text => text.Length > 0);
        var records =
            from title in words
            from subtitle in words.OrNull()
            from year in Gen.Choose(1000, 2999)
            from subjects in words.Where(word => !word.Contains(" -- ", StringComparison.Ordinal)).ListOf()
            select new BibliographicRecord { Title = title, Subtitle = subtitle, Year = year, Subjects = [.. subjects.Distinct(StringComparer.OrdinalIgnoreCase)] };
        Prop.ForAll(records.ToArbitrary(), AssertReturns).QuickCheckThrowOnFailure();
    }

    static void AssertReturns(BibliographicRecord record)
    {
        var marc = RecordToMarc.Map(record, Added);
        var stored = Assert.Single(MarcSamples.ReadIso(MarcSamples.Bytes(marc)));
        var mapped = RecordFromMarc.Map(stored.Record!);
        Assert.Empty(mapped.Remarks);
        Assert.Equivalent(record, mapped.Record, strict: true);
    }

    static Isbn Isbn(string text) => LibraryPortal.Domain.Catalog.Isbn.TryParse(text, out var isbn) ? isbn : throw new ArgumentException(text);
}
