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
}
