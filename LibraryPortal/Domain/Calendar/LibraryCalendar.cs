namespace LibraryPortal.Domain.Calendar;

/// <summary>When the library is open, and how its periods are counted (library.md, sections 1 and 2).</summary>
public sealed class LibraryCalendar
{
    readonly Closure[] _closures;

    /// <param name="closures">In any order; they may overlap and stand for days that are closed anyway.</param>
    public LibraryCalendar(LibraryZone zone, OpeningDays opening, IEnumerable<Closure> closures)
    {
        Zone = zone;
        Opening = opening;
        _closures = [.. closures.OrderBy(closure => closure.First).ThenBy(closure => closure.Last)];
    }

    public LibraryZone Zone { get; }

    public OpeningDays Opening { get; }

    /// <summary>By first day.</summary>
    public IReadOnlyList<Closure> Closures => _closures;

    /// <summary>The closure this date falls into, the longest-lasting of several; null when there is none.</summary>
    public Closure? ClosureOn(DateOnly date) => _closures.Where(closure => closure.Covers(date)).MaxBy(closure => closure.Last);

    public bool IsOpen(DateOnly date) => Opening[date.DayOfWeek] && ClosureOn(date) is null;

    /// <summary>The date itself when the library is open, else the first open day after it.</summary>
    public DateOnly NextOpenDay(DateOnly date)
    {
        // Ends, because closures are finite in number and length, and some weekday is open.
        while (!IsOpen(date))
            date = ClosureOn(date) is { } closure ? closure.Last.AddDays(1) : date.AddDays(1);
        return date;
    }

    /// <summary>The open day on which so many open days have passed since the date, which itself does not count. 0: <see cref="NextOpenDay"/>.</summary>
    public DateOnly AddOpenDays(DateOnly date, int days)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(days);
        if (days == 0)
            return NextOpenDay(date);
        for (; days > 0; days--)
            date = NextOpenDay(date.AddDays(1));
        return date;
    }

    /// <summary>The end of the day so many days from now, moved to the next open day: when a loan is due.</summary>
    public DateTimeOffset DueAt(DateTimeOffset now, int days) => Zone.EndOf(NextOpenDay(Zone.DateAt(now).AddDays(days)));

    /// <summary>The end of the open day so many open days from now: until when a set-aside copy waits.</summary>
    public DateTimeOffset CollectBy(DateTimeOffset now, int openDays) => Zone.EndOf(AddOpenDays(Zone.DateAt(now), openDays));

    /// <summary>Where a date already promised falls after the calendar changed: the end of its day where the library is now, if that is open, else of the next open one.
    /// Never earlier than promised.</summary>
    public DateTimeOffset Move(DateTimeOffset promised) => Zone.EndOf(NextOpenDay(Zone.DateAt(promised)));
}
