using System.Globalization;

namespace LibraryPortal.Domain.Calendar;

/// <summary>Days on which the library stays closed although the weekday is an open one.</summary>
public sealed record Closure
{
    /// <summary>The longest name, in characters.</summary>
    public const int MaxName = 100;

    /// <summary>The longest closure, in days: two years.</summary>
    public const int MaxDays = 731;

    Closure(DateOnly first, DateOnly last, string name) => (First, Last, Name) = (first, last, name);

    public Guid Id { get; private init; } = Guid.CreateVersion7();

    public DateOnly First { get; }

    /// <summary>The last closed day, itself included.</summary>
    public DateOnly Last { get; }

    /// <summary>As readers are told: <c>Christmas</c>.</summary>
    public string Name { get; }

    public bool Covers(DateOnly date) => date >= First && date <= Last;

    public static Outcome<Closure> Of(DateOnly first, DateOnly last, string? name)
    {
        var words = name?.Trim() ?? "";
        if (words.Length == 0)
            return new Refusal(RefusalKind.Invalid, "Give the closure a name, such as Christmas; readers see it.", "closure-name-empty");
        if (words.Length > MaxName)
            return new Refusal(RefusalKind.Invalid, $"The name of a closure may have {MaxName} characters; this one has {words.Length}.", "closure-name-too-long");
        if (last < first)
        {
            return new Refusal(RefusalKind.Invalid,
                $"A closure cannot end ({Say(last)}) before it begins ({Say(first)}).", "closure-dates");
        }

        var days = last.DayNumber - first.DayNumber + 1;
        return days > MaxDays
            ? new Refusal(RefusalKind.Invalid, $"A closure may last {MaxDays} days; this one lasts {days.ToString("N0", CultureInfo.InvariantCulture)}. Is the year right?", "closure-too-long")
            : new Closure(first, last, words);
    }

    static string Say(DateOnly date) => date.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
}
