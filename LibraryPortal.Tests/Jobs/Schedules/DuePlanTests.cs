using LibraryPortal.Jobs.Schedules;

namespace LibraryPortal.Tests.Jobs.Schedules;

public sealed class DuePlanTests
{
    static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);
    static readonly Timetable Hourly = Timetable.Create(ScheduleRule.Every(TimeSpan.FromHours(1)));
    static readonly Timetable EachSecond = Timetable.Create(ScheduleRule.Every(TimeSpan.FromSeconds(1)));

    [Fact]
    public void Make_BeforeTheDueTime_FiresNothing() =>
        AssertPlan([], Noon.AddTicks(-1), DuePlan.Make(Hourly, MissedRuns.Last, Noon.AddMinutes(-30), Noon.AddTicks(-1), Grace));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    public void Make_WhenOnTime_FiresWhateverTheMissedRunPolicy(int madeUp) =>
        AssertPlan([Noon], Noon.AddSeconds(3), DuePlan.Make(Hourly, MissedRuns.UpTo(madeUp), Noon.AddMinutes(-30), Noon.AddSeconds(3), Grace));

    [Theory]
    [InlineData(0, new int[0])]
    [InlineData(1, new[] { 5 })]
    [InlineData(3, new[] { 3, 4, 5 })]
    [InlineData(9, new[] { 1, 2, 3, 4, 5 })]
    public void Make_AfterFiveMissedHours_MakesUpForTheLatest(int madeUp, int[] hours) => AssertPlan(
        [.. hours.Select(hour => Noon.AddHours(hour))],
        Noon.AddHours(5.5),
        DuePlan.Make(Hourly, MissedRuns.UpTo(madeUp), Noon, Noon.AddHours(5.5), Grace));

    [Fact]
    public void Make_WithMissedAndOneOnTime_FiresBothKinds() => AssertPlan(
        [Noon.AddHours(4), Noon.AddHours(5)],
        Noon.AddHours(5).AddSeconds(1),
        DuePlan.Make(Hourly, MissedRuns.Last, Noon, Noon.AddHours(5).AddSeconds(1), Grace));

    [Fact]
    public void Make_AfterAShortPause_LosesNothing()
    {
        var plan = DuePlan.Make(EachSecond, MissedRuns.None, Noon, Noon.AddSeconds(20), Grace);

        Assert.Equal(20, plan.Fire.Count);
    }

    [Fact]
    public void Make_WithMoreThanABatch_ContinuesWhereItStopped()
    {
        var now = Noon.AddHours(1);
        List<DateTimeOffset> fired = [];
        var cursor = Noon;
        for (DuePlan plan; cursor < now; cursor = plan.Cursor)
        {
            plan = DuePlan.Make(EachSecond, MissedRuns.UpTo(250), cursor, now, Grace);
            fired.AddRange(plan.Fire);
        }

        // 250 missed ones and the 30 that were only late.
        Assert.Equal(Enumerable.Range(0, 280).Select(i => now.AddSeconds(i - 279)), fired);
    }

    [Fact]
    public void Make_WithAClockSetBack_FiresNothingTwice() =>
        AssertPlan([], Noon.AddHours(5), DuePlan.Make(Hourly, MissedRuns.UpTo(10), Noon.AddHours(5), Noon.AddHours(2), Grace));

    [Fact]
    public void Make_WithAClockSetFarBack_StartsAnew() =>
        AssertPlan([], Noon, DuePlan.Make(Hourly, MissedRuns.UpTo(10), Noon.AddDays(400), Noon, Grace));

    static void AssertPlan(DateTimeOffset[] fire, DateTimeOffset cursor, DuePlan plan)
    {
        Assert.Equal(fire, plan.Fire);
        Assert.Equal(cursor, plan.Cursor);
    }
}
