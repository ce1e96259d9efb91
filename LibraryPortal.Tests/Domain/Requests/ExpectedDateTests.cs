using FsCheck;
using FsCheck.Fluent;
using LibraryPortal.Domain.Requests;
using LibraryPortal.Tests.Domain.Calendar;

namespace LibraryPortal.Tests.Domain.Requests;

public sealed class ExpectedDateTests
{
    static readonly DateOnly Today = new(2026, 5, 4);

    /// <summary>Kept for 25 days of 21, four days late; and one forgotten for a year.</summary>
    static readonly PastLoan[] Late = [Past(25), Past(25), Past(400)];

    [Theory]
    [InlineData(1, "2026-05-18")] // due on 14 May, four days late
    [InlineData(2, "2026-05-27")] // the other copy, due on 23 May
    [InlineData(3, "2026-06-15")] // the first copy again: 3 days at the desk and 25 with its reader
    public void Estimate_FollowsTheQueue(int position, string expected) => Assert.Equal(CalendarSamples.Date(expected), Estimate(new QueueFacts
    {
        Position = position,
        Due = [CalendarSamples.Date("2026-05-14"), CalendarSamples.Date("2026-05-23")],
        Past = Late,
    }));

    [Fact]
    public void Estimate_WithAFreeCopy_IsToday() => Assert.Equal(Today, Estimate(new QueueFacts { Position = 1, FreeCopies = 1, Past = Late }));

    [Fact]
    public void Estimate_WithACopySetAsideForAnother_WaitsForItsLoan() =>
        Assert.Equal(Today.AddDays(28), Estimate(new QueueFacts { Position = 1, SetAsideCopies = 1, Past = Late }));

    [Fact]
    public void Estimate_WhenBooksComeBackEarly_IsBeforeTheDueDate() => Assert.Equal(CalendarSamples.Date("2026-05-12"),
        Estimate(new QueueFacts { Position = 1, Due = [CalendarSamples.Date("2026-05-14")], Past = [Past(19), Past(19), Past(19)] }));

    [Theory]
    [InlineData(5, 3)]
    [InlineData(20, 11)]
    [InlineData(60, 31)]
    [InlineData(61, null)]
    public void Estimate_WhenACopyIsLaterThanUsual_ExpectsItLaterAndThenNotAtAll(int overdue, int? days)
    {
        var estimate = Estimate(new QueueFacts { Position = 1, Due = [Today.AddDays(-overdue)], Past = Late });
        Assert.Equal(days is { } count ? CalendarSamples.Of().NextOpenDay(Today.AddDays(count)) : null, estimate);
    }

    [Fact]
    public void Estimate_OnAClosedDay_MovesToTheNextOpenOne() => Assert.Equal(CalendarSamples.Date("2026-05-26"), ExpectedDate.Estimate(
        new QueueFacts { Position = 1, Due = [CalendarSamples.Date("2026-05-14")], Past = Late }, CalendarSamples.Of(("2026-05-18", "2026-05-25", "Burst pipe")), Today));

    [Fact]
    public void Estimate_WithTooLittleData_IsHidden()
    {
        QueueFacts queue = new() { Position = 1, Due = [CalendarSamples.Date("2026-05-14")], Past = Late[..2] };
        Assert.Null(Estimate(queue));
        Assert.Null(Estimate(queue with { Past = Late, Due = [] }));
        Assert.Null(Estimate(queue with { Past = Late, Position = 16 }));
        Assert.NotNull(Estimate(queue with { Past = Late, Position = 12 }));
    }

    [Fact]
    public void Estimate_LooksAtTheLatestLoansOnly() => Assert.Equal(CalendarSamples.Date("2026-05-18"), Estimate(new QueueFacts
    {
        Position = 1,
        Due = [CalendarSamples.Date("2026-05-14")],
        Past = [.. Enumerable.Repeat(Past(25), ExpectedDate.MostPast), .. Enumerable.Repeat(Past(90), 100)],
    }));

    [Fact]
    public void Estimate_ForALaterPlace_IsNeverEarlier()
    {
        var queues =
            from due in Gen.Choose(-70, 60).ListOf()
            from kept in Gen.Choose(0, 60).ListOf(5)
            from free in Gen.Choose(0, 2)
            from position in Gen.Choose(1, 15)
            select new QueueFacts { Position = position, FreeCopies = free, Due = [.. due.Select(day => Today.AddDays(day))], Past = [.. kept.Select(Past)] };
        Prop.ForAll(queues.ToArbitrary(), queue =>
        {
            var (now, later) = (Estimate(queue), Estimate(queue with { Position = queue.Position + 1 }));
            return (now is null || now >= Today) && (later is null || later >= now);
        }).QuickCheckThrowOnFailure();
    }

    static PastLoan Past(int kept) => new(new DateOnly(2025, 1, 1), new DateOnly(2025, 1, 22), new DateOnly(2025, 1, 1).AddDays(kept));

    static DateOnly? Estimate(QueueFacts queue) => ExpectedDate.Estimate(queue, CalendarSamples.Of(), Today);
}
