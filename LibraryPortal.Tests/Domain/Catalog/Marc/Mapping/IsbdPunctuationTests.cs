using FsCheck;
using FsCheck.Fluent;
using LibraryPortal.Domain.Catalog.Marc.Mapping;

namespace LibraryPortal.Tests.Domain.Catalog.Marc.Mapping;

public sealed class IsbdPunctuationTests
{
    [Theory]
    [InlineData("The hobbit /", "The hobbit")]
    [InlineData("The hobbit :", "The hobbit")]
    [InlineData("or, There and back again. /", "or, There and back again")]
    [InlineData("London :", "London")]
    [InlineData("[London :", "London")]
    [InlineData("[London]", "London")]
    [InlineData("Allen & Unwin],", "Allen & Unwin")]
    [InlineData("[Paris] and [London]", "[Paris] and [London]")]
    [InlineData("Unwin Paperbacks,", "Unwin Paperbacks")]
    [InlineData("Smith, John, Jr.,", "Smith, John, Jr.")]
    [InlineData("Tolkien, J. R. R.", "Tolkien, J. R. R.")]
    [InlineData("Tolkien, J.R.R.,", "Tolkien, J.R.R.")]
    [InlineData("1892-1973.", "1892-1973")]
    [InlineData("Penguin Books Ltd.", "Penguin Books Ltd.")]
    [InlineData("2nd ed.", "2nd ed.")]
    [InlineData("310 p. :", "310 p.")]
    [InlineData("To be continued ...", "To be continued ...")]
    [InlineData("And so ... /", "And so ...")]
    [InlineData("What is to be done? /", "What is to be done?")]
    [InlineData("War and peace.", "War and peace")]
    [InlineData("It is me.", "It is me")]
    [InlineData("Fantasy fiction, English.", "Fantasy fiction, English")]
    [InlineData("v. 3 ;", "v. 3")]
    [InlineData(" / ", "")]
    [InlineData("", "")]
    public void Trim_TakesAwayTheMarksOfTheDescription(string text, string expected) => Assert.Equal(expected, IsbdPunctuation.Trim(text));

    [Fact]
    public void Trim_OfItsOwnResult_ChangesNothing() =>
        Prop.ForAll(MarcGenerators.Text.ToArbitrary(), text => IsbdPunctuation.Trim(IsbdPunctuation.Trim(text)) == IsbdPunctuation.Trim(text)).QuickCheckThrowOnFailure();
}
