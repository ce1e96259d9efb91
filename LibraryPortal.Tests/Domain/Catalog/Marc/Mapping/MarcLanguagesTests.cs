using LibraryPortal.Domain.Catalog.Marc.Mapping;

namespace LibraryPortal.Tests.Domain.Catalog.Marc.Mapping;

public sealed class MarcLanguagesTests
{
    [Theory]
    [InlineData("eng", "en")]
    [InlineData("ger", "de")]
    [InlineData("deu", "de")]
    [InlineData("scr", "hr")]
    [InlineData("DE", "de")]
    [InlineData("grc", "grc")]
    [InlineData("und", null)]
    [InlineData("|||", null)]
    [InlineData("   ", null)]
    [InlineData("xx", null)]
    public void Short_OfMarcCode_IsTheCataloguesCode(string code, string? expected) => Assert.Equal(expected, MarcLanguages.Short(code));

    [Theory]
    [InlineData("de", "ger")]
    [InlineData("zh", "chi")]
    [InlineData("sq", "alb")]
    [InlineData("grc", "grc")]
    [InlineData("qq", "und")]
    [InlineData(null, "und")]
    public void Marc_OfShortCode_IsTheBibliographicCode(string? code, string expected) => Assert.Equal(expected, MarcLanguages.Marc(code));

    [Fact]
    public void Split_OfCodesRunTogether_GivesEach()
    {
        Assert.Equal(["eng", "fre"], MarcLanguages.Split("engfre"));
        Assert.Equal(["eng"], MarcLanguages.Split("eng"));
    }
}
