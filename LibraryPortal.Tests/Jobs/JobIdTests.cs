using LibraryPortal.Jobs;

namespace LibraryPortal.Tests.Jobs;

public sealed class JobIdTests
{
    [Fact]
    public void New_IsAVersion7OfItsMomentAndUnlikeAllOthers()
    {
        var moment = new DateTimeOffset(2026, 3, 2, 9, 0, 0, 123, TimeSpan.Zero);
        var ids = Enumerable.Range(0, 1_000).Select(_ => JobId.New(moment)).ToHashSet();

        Assert.Equal(1_000, ids.Count);
        Assert.All(ids, id =>
        {
            Assert.Equal((7, true), (id.Value.Version, id.Value.Variant is >= 8 and <= 11));
            Assert.Equal(moment.ToUnixTimeMilliseconds().ToString("x12", null), id.ToString()[..12]);
        });
    }

    [Fact]
    public void New_OfALaterMoment_SortsBehind()
    {
        var moment = DateTimeOffset.UnixEpoch.AddYears(60);

        Assert.True(JobId.New(moment) < JobId.New(moment.AddMilliseconds(1)));
    }

    [Fact]
    public void New_OnManyThreads_NeverGivesOneTwice()
    {
        var ids = Enumerable.Range(0, 20_000).AsParallel().WithDegreeOfParallelism(8).Select(_ => JobId.New(DateTimeOffset.UnixEpoch)).ToHashSet();

        Assert.Equal(20_000, ids.Count);
    }
}
