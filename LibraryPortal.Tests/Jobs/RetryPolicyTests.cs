using LibraryPortal.Jobs;

namespace LibraryPortal.Tests.Jobs;

public sealed class RetryPolicyTests
{
    static readonly RetryPolicy Policy = new(5, TimeSpan.FromSeconds(2), TimeSpan.FromHours(1));

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 4)]
    [InlineData(5, 32)]
    [InlineData(12, 3600)]
    [InlineData(int.MaxValue, 3600)]
    public void RestAfter_WithFullJitter_DoublesUpToTheCap(int attempt, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Policy.RestAfter(attempt, jitter: 1));

    [Fact]
    public void RestAfter_WithNoJitter_IsHalf() =>
        Assert.Equal(TimeSpan.FromSeconds(1), Policy.RestAfter(1, jitter: 0));
}
