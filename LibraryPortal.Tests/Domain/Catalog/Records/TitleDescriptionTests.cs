using LibraryPortal.Domain.Catalog;
using LibraryPortal.Domain.Catalog.Records;

namespace LibraryPortal.Tests.Domain.Catalog.Records;

public sealed class TitleDescriptionTests
{
    [Fact]
    public void From_OfRecord_TakesWhatATitleHolds()
    {
        var details = TitleDescription.From(new BibliographicRecord
        {
            Title = "The lord of the rings",
            Part = "Part 2, The two towers",
            Names = [new("J. R. R. Tolkien", "Tolkien, J. R. R."), new("Alan Lee", "Lee, Alan", "illustrator")],
            Languages = ["en", "de"],
            Year = 1991,
            OriginalYear = 1954,
            Series = [new("Tolkien classics", "no. 2")],
            Summary = "War.",
            Subjects = ["Fantasy", "fantasy"],
        });
        Assert.Equal("The lord of the rings. Part 2, The two towers", details.Name);
        Assert.Equal(["J. R. R. Tolkien"], details.Authors);
        Assert.Equal(("en", 1954, "Tolkien classics, #2", "War."), (details.Language, details.Year, details.Series, details.Description));
        Assert.Equal(["Fantasy"], details.Subjects);
    }

    [Fact]
    public void From_WhenNobodyIsTheAuthor_NamesWhoeverIsKnown() =>
        Assert.Equal(["Jo Editor"], TitleDescription.From(new BibliographicRecord { Title = "X", Names = [new("Jo Editor", "Editor, Jo", "editor")] }).Authors);

    [Fact]
    public void From_WhenTextIsTooLong_CutsWithoutBreakingACharacter()
    {
        var details = TitleDescription.From(new BibliographicRecord { Title = new string('x', Title.MaxName - 2) + "\U0001F4DA" + "yz" });
        Assert.Equal(new string('x', Title.MaxName - 2) + "…", details.Name);
    }

    [Theory]
    [InlineData("v. 3", "Saga, #3")]
    [InlineData("3", "Saga, #3")]
    [InlineData("Bd. 12", "Saga, #12")]
    [InlineData("1999, no. 4", "Saga, 1999, no. 4")]
    [InlineData(null, "Saga")]
    public void Series_SaysItsNumberPlainly(string? volume, string expected) => Assert.Equal(expected, new BibliographicSeries("Saga", volume).ToString());

    [Fact]
    public void ToRecord_AndBack_LosesNothing()
    {
        Assert.True(Isbn.TryParse("9780394735306", out var isbn));
        var details = new TitleDetails
        {
            Name = "Genji monogatari",
            Subtitle = "a novel",
            OriginalName = "Genji no monogatari",
            Series = "UNESCO collection, #3",
            Authors = ["Murasaki Shikibu"],
            Year = 1960,
            EditionYear = 1976,
            Language = "ja",
            Isbn = isbn,
            Subjects = ["Japan -- Fiction", "Love"],
            Description = "A prince.",
            Edition = "1st ed.",
            Publisher = "Knopf",
            PublicationPlace = "New York",
            Extent = "1090 p.",
            ScriptName = "源氏物語",
            ScriptAuthor = "紫式部",
            Names = [new("Murasaki Shikibu", "Murasaki Shikibu, 978-1014"), new("E. Seidensticker", "Seidensticker, E.", "translator")],
            Links = [new(new Uri("https://example.org/a"), "Cover")],
        };
        Assert.Equivalent(details, TitleDescription.From(TitleDescription.ToRecord(details, "17")), strict: true);
    }

    [Fact]
    public void ToRecord_OfATitleWithAuthorsOnly_NamesThem() =>
        Assert.Equal(["Ann", "Ben"], TitleDescription.From(TitleDescription.ToRecord(new TitleDetails { Name = "X", Authors = ["Ann", "Ben"] }, "1")).Authors);
}
