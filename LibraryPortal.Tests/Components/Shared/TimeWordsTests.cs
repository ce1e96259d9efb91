using LibraryPortal.Components.Shared;

namespace LibraryPortal.Tests.Components.Shared;

public sealed class TimeWordsTests
{
    static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, "just now")]
    [InlineData(44, "just now")]
    [InlineData(-10, "in a moment")]
    [InlineData(60, "1 minute ago")]
    [InlineData(300, "5 minutes ago")]
    [InlineData(-300, "in 5 minutes")]
    [InlineData(3_600, "1 hour ago")]
    [InlineData(3 * 3_600, "3 hours ago")]
    [InlineData(86_400, "yesterday")]
    [InlineData(-86_400, "tomorrow")]
    [InlineData(6 * 86_400, "6 days ago")]
    [InlineData(20 * 86_400, "2 Nov")]
    [InlineData(400 * 86_400, "18 Oct 2025")]
    public void Relative_SaysItAsPeopleDo(int secondsAgo, string expected) =>
        Assert.Equal(expected, TimeWords.Relative(Now.AddSeconds(-secondsAgo), Now));

    [Fact]
    public void Exact_IsInUtcAndSaysSo() =>
        Assert.Equal("22 November 2026, 10:30 UTC", TimeWords.Exact(new(2026, 11, 22, 12, 30, 0, TimeSpan.FromHours(2))));
}
