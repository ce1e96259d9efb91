namespace LibraryPortal.Jobs.Schedules;

/// <summary>The instants (UTC) at which clocks show one local time.</summary>
/// <param name="First">The only one, or the earlier of two; where there is none, the first instant after the gap.</param>
/// <param name="Second">The later of two, where clocks were turned back over it.</param>
/// <param name="IsMissing">Clocks were turned forward over it.</param>
/// <param name="IsDayMissing">The calendar has no such day there.</param>
internal readonly record struct LocalMoment(DateTime First, DateTime? Second, bool IsMissing, bool IsDayMissing)
{
    public static LocalMoment Once(DateTime at) => new(at, null, false, false);

    public static LocalMoment Twice(DateTime first, DateTime second) => new(first, second, false, false);

    public static LocalMoment Missing(DateTime gapEnd, bool isDayMissing) => new(gapEnd, null, true, isDayMissing);
}
