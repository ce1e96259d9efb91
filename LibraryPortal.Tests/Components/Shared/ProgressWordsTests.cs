using LibraryPortal.Components.Shared;

namespace LibraryPortal.Tests.Components.Shared;

public sealed class ProgressWordsTests
{
    [Theory]
    [InlineData(0, 0, "rows", "Working…")]
    [InlineData(1_500, 0, "rows", "1,500 rows so far")]
    [InlineData(500, 2_000, "rows", "500 of 2,000 rows · 25 %")]
    [InlineData(1_999, 2_000, "", "1,999 of 2,000 · 99 %")]
    [InlineData(2_100, 2_000, "rows", "2,100 of 2,000 rows · 100 %")]
    public void Say_WithoutAClock_SaysHowFar(long done, long total, string unit, string expected) =>
        Assert.Equal(expected, ProgressWords.Say(done, total, unit, elapsed: null));

    [Theory]
    [InlineData(0.5, "")]
    [InlineData(10, " · about 30 s left")]
    [InlineData(60, " · about 3 min left")]
    [InlineData(7_200, " · about 6 h left")]
    public void Say_WithAClock_EstimatesTheRest(double elapsedSeconds, string rest) =>
        Assert.Equal($"25 of 100 · 25 %{rest}", ProgressWords.Say(25, 100, "", TimeSpan.FromSeconds(elapsedSeconds)));
}
