using LibraryPortal.Hosting.Bench;

namespace LibraryPortal.Tests.Hosting.Bench;

/// <summary>How delays are summed up.</summary>
public sealed class DelaysTests
{
    [Fact]
    public void Of_TenThousand_TellsEachRankApart()
    {
        var delays = Delays.Of([.. Enumerable.Range(1, 10_000).Select(static delay => (double)delay).Reverse()]);

        Assert.Equal(new Delays(5_001, 9_901, 9_991, 10_000), delays);
    }

    [Fact]
    public void Of_TooFewForIt_TellsNoP999_RatherThanTheWorst() => Assert.Null(Delays.Of(new double[3_999]).P999);
}
