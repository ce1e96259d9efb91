using LibraryPortal.Components.Shared.Covers;

namespace LibraryPortal.Tests.Components.Shared.Covers;

public sealed class CoverWordsTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("Jane Austen", "Jane Austen")]
    [InlineData("Terry Pratchett, Neil Gaiman", "Terry Pratchett & Neil Gaiman")]
    [InlineData("A; B; C", "A and others")]
    public void Byline_NamesAtMostTwo(string? authors, string expected) => Assert.Equal(expected, CoverWords.Byline(authors));

    [Theory]
    [InlineData("The Hunger Games (The Hunger Games, #1)", "The Hunger Games")]
    [InlineData("(Untitled)", "(Untitled)")]
    public void Title_LeavesOutTheSeries(string title, string expected) => Assert.Equal(expected, CoverWords.Title(title));

    [Theory]
    [InlineData("عزازيل", true)]
    [InlineData("1984 عزازيل", true)]
    [InlineData("Emma عزازيل", false)]
    [InlineData("1984", false)]
    public void IsRightToLeft_FollowsTheFirstLetterWithADirection(string text, bool expected) => Assert.Equal(expected, CoverWords.IsRightToLeft(text));
}
