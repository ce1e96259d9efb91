using LibraryPortal.Domain.Calendar;

namespace LibraryPortal.Domain.Requests;

/// <summary>
/// When a waiting reader will probably get a copy.
/// <para>
/// From the last <see cref="MostPast"/> loans of the title: <c>late</c> is the median of days between due date and return (negative when it
/// usually comes back early), <c>kept</c> the median of days between lending and return. A copy on loan is expected at due date + late. One
/// that should be back by then is expected after half as many days again as it is overdue: the longer it is out, the longer it will stay; after
/// <see cref="GivenUpDays"/> days it does not count. A copy set aside comes back after <see cref="CollectDays"/> + kept days. The readers
/// before take the earliest copy each, and it comes back after <see cref="CollectDays"/> + kept days. What is then the earliest copy is the
/// answer, moved to the next open day.
/// </para>
/// <para>
/// Medians, because one copy that was forgotten for a year must not move everybody's date. With fewer than <see cref="LeastPast"/> past loans, or
/// an answer more than <see cref="HorizonDays"/> days away, there is none: a wrong date is worse than no date.
/// </para>
/// </summary>
public static class ExpectedDate
{
    public const int LeastPast = 3;
    public const int MostPast = 20;
    public const int HorizonDays = 365;

    /// <summary>Days a ready copy waits until it is collected, by rule of thumb.</summary>
    public const int CollectDays = 3;

    /// <summary>A copy overdue by more days is not counted on.</summary>
    public const int GivenUpDays = 60;

    /// <summary>The open day on which the reader can probably collect the title; null when that cannot be said honestly.</summary>
    public static DateOnly? Estimate(QueueFacts queue, LibraryCalendar calendar, DateOnly today)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(queue.Position, 1, nameof(queue));
        var past = queue.Past.Take(MostPast).ToList();
        if (past.Count < LeastPast)
            return null;
        var late = Median(past.Select(loan => loan.Returned.DayNumber - loan.Due.DayNumber));
        var cycle = CollectDays + Math.Max(1, Median(past.Select(loan => loan.Returned.DayNumber - loan.Lent.DayNumber)));

        var copies = new PriorityQueue<int, int>();
        foreach (var day in Enumerable.Repeat(today.DayNumber, queue.FreeCopies)
            .Concat(Enumerable.Repeat(today.DayNumber + cycle, queue.SetAsideCopies))
            .Concat(queue.Due.Select(due => Back(due.DayNumber, late, today.DayNumber)).OfType<int>()))
        {
            copies.Enqueue(day, day);
        }

        for (var before = queue.Position - 1; before > 0 && copies.TryDequeue(out var day, out _) && day <= today.DayNumber + HorizonDays; before--)
            copies.Enqueue(day + cycle, day + cycle);
        if (!copies.TryDequeue(out var answer, out _) || answer > today.DayNumber + HorizonDays)
            return null;
        return calendar.NextOpenDay(DateOnly.FromDayNumber(answer));
    }

    static int? Back(int due, int late, int today)
    {
        if (due + late > today)
            return due + late;
        var overdue = Math.Max(0, today - due);
        return overdue > GivenUpDays ? null : today + 1 + overdue / 2;
    }

    /// <summary>The middle value; of two middle ones the larger, so that the date is rather too late than too early.</summary>
    static int Median(IEnumerable<int> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
