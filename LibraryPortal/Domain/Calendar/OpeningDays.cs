namespace LibraryPortal.Domain.Calendar;

/// <summary>The weekdays on which the library opens in an ordinary week. Never empty.</summary>
public sealed record OpeningDays
{
    readonly bool[] _isOpen = new bool[7];

    OpeningDays(IEnumerable<DayOfWeek> days)
    {
        foreach (var day in days)
            _isOpen[(int)day] = true;
    }

    /// <summary>Monday to Saturday, the default.</summary>
    public static OpeningDays MondayToSaturday { get; } =
        new([DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday, DayOfWeek.Saturday]);

    /// <summary>Open days from Monday to Sunday.</summary>
    public IEnumerable<DayOfWeek> Days => Enumerable.Range(1, 7).Select(day => (DayOfWeek)(day % 7)).Where(day => this[day]);

    public bool this[DayOfWeek day] => _isOpen[(int)day];

    public static Outcome<OpeningDays> Of(IEnumerable<DayOfWeek> days)
    {
        var opening = new OpeningDays(days);
        return opening.Days.Any() ? opening : new Refusal(RefusalKind.Invalid, "The library must open on at least one day of the week.", "opening-days-empty");
    }

    public bool Equals(OpeningDays? other) => other is not null && _isOpen.SequenceEqual(other._isOpen);

    public override int GetHashCode() => Days.Aggregate(0, (hash, day) => hash | 1 << (int)day);
}
