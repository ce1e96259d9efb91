using LibraryPortal.Features.JobConsole;
using LibraryPortal.Jobs;

namespace LibraryPortal.Tests.Features.JobConsole;

/// <summary>What people type into the search of the history, and its address.</summary>
public sealed class HistoryFilterTests
{
    [Fact]
    public void Read_TakesWhatFieldsWrite()
    {
        var filter = new HistoryFilter { Words = " disk full ", State = "failed", From = "2026-11-22T08:00", To = "2026-11-23T00:00", Longer = "1.5", Shorter = "60", Name = "", Tag = " " };

        Assert.True(filter.TryRead(out var query, out _));

        Assert.Equal(("disk full", JobState.Failed, null, null), (query.Text, query.State, query.Name, query.Tag));
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 8, 0, 0, TimeSpan.Zero), query.From);
        Assert.Equal((TimeSpan.FromSeconds(1.5), TimeSpan.FromMinutes(1)), (query.Longer, query.Shorter));
    }

    [Theory]
    [InlineData("state", "Sleepy", "'Sleepy' is not a state.")]
    [InlineData("state", "77", "'77' is not a state.")]
    [InlineData("from", "yesterday", "expected one such as 2026-11-22T08:00.")]
    [InlineData("longer", "-1", "'-1' is not a number of seconds.")]
    [InlineData("longer", "1e300", "is not a number of seconds.")]
    public void Read_SaysWhatItCannotRead(string field, string value, string expected)
    {
        var filter = new HistoryFilter { State = field == "state" ? value : null, From = field == "from" ? value : null, Longer = field == "longer" ? value : null };

        Assert.False(filter.TryRead(out _, out var problem));
        Assert.Contains(expected, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Href_HoldsAllOfIt()
    {
        Assert.Equal("/admin/jobs/history", new HistoryFilter { Words = "" }.Href(1));
        Assert.Equal("/admin/jobs/history?q=a%20%26%20b&state=Failed&page=2", new HistoryFilter { Words = "a & b", State = "Failed" }.Href(2));
    }
}
