using LibraryPortal.Jobs.Stores;

namespace LibraryPortal.Tests.Jobs.Stores;

public sealed class BatchLimitsTests
{
    [Theory]
    [InlineData(0, new int[0])]
    [InlineData(256, new[] { 256 })]
    [InlineData(600, new[] { 256, 256, 88 })]
    public void Split_CutsByCount(int count, int[] expected) =>
        Assert.Equal(expected, BatchLimits.Split([.. Enumerable.Range(0, count)], static _ => 1).Select(batch => batch.Count));

    [Fact]
    public void Split_CutsByBytesAndSendsWhatIsTooLargeAlone()
    {
        int[] weights = [400_000, 400_000, 400_000, 3_000_000, 100, 100];

        Assert.Equal([2, 1, 1, 2], BatchLimits.Split(weights, static weight => weight).Select(batch => batch.Count));
        Assert.Equal(weights, BatchLimits.Split(weights, static weight => weight).SelectMany(batch => batch));
    }
}
