using LibraryPortal.Components.Shared.Covers;

namespace LibraryPortal.Tests.Components.Shared.Covers;

public sealed class TypesetterTests
{
    static readonly double[] Sizes = [30, 20, 10];

    [Fact]
    public void Fit_ShortText_TakesTheLargestSizeOnOneLine()
    {
        var (lines, size) = Typesetter.Fit("Emma", 160, 100, Sizes, 1.2);
        Assert.Equal(["Emma"], lines);
        Assert.Equal(30, size);
    }

    [Fact]
    public void Fit_LongWord_ShrinksBeforeItTears()
    {
        var (lines, size) = Typesetter.Fit("Mockingbirds", 160, 100, Sizes, 1.2);
        Assert.Equal(["Mockingbirds"], lines);
        Assert.Equal(20, size);
    }

    [Theory]
    [InlineData(742)]
    [InlineData(10_000)]
    public void Fit_FarTooLong_IsCutWithAnEllipsisWithinItsRoom(int length)
    {
        var text = string.Concat(Enumerable.Repeat("Grundlagen der ", length / 15));
        var (lines, size) = Typesetter.Fit(text, 160, 60, Sizes, 1.2);
        Assert.True(lines.Count * size * 1.2 <= 60);
        Assert.EndsWith("…", lines[^1], StringComparison.Ordinal);
        Assert.All(lines, line => Assert.True(Typesetter.Measure(line) * size <= 160, line));
    }

    [Fact]
    public void Fit_OneEndlessWord_IsTornBetweenLettersNotInsideThem()
    {
        var (lines, _) = Typesetter.Fit(string.Concat(Enumerable.Repeat("e\u0301", 60)), 100, 200, Sizes, 1.2);
        Assert.True(lines.Count > 1);
        Assert.All(lines, line => Assert.StartsWith("e", line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    public void Fit_Nothing_IsNoLines(string text) => Assert.Empty(Typesetter.Fit(text, 100, 100, Sizes, 1.2).Lines);
}
