using LibraryPortal.Domain.Catalog.Marc.Mapping;

namespace LibraryPortal.Tests.Domain.Catalog.Marc.Mapping;

public sealed class MarcYearsTests
{
    [Theory]
    [InlineData("c1954.", 1954)]
    [InlineData("[1954?]", 1954)]
    [InlineData("1954-1955.", 1954)]
    [InlineData("©1999", 1999)]
    [InlineData("1372 [1953]", 1953)]
    [InlineData("1372 [1952 or 1953]", 1952)]
    [InlineData("Shōwa 58 [1983]", 1983)]
    [InlineData("750 BC", -750)]
    [InlineData("[19--]", null)]
    [InlineData("n.d.", null)]
    [InlineData("123456", null)]
    [InlineData(null, null)]
    public void Parse_FindsTheYear(string? text, int? expected) => Assert.Equal(expected, MarcYears.Parse(text));

    [Theory]
    [InlineData("1984", 1984)]
    [InlineData("19uu", null)]
    [InlineData("    ", null)]
    [InlineData("9999", null)]
    public void Coded_TakesFourDigitsOnly(string text, int? expected) => Assert.Equal(expected, MarcYears.Coded(text));
}
