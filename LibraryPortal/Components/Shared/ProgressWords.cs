using System.Globalization;

namespace LibraryPortal.Components.Shared;

/// <summary>Says how far work is: "1,200 of 2,000 rows · 60 % · about 4 s left".</summary>
internal static class ProgressWords
{
    /// <param name="elapsed">Time since the work began; null leaves the estimate out, as do the first second and the first percent.</param>
    public static string Say(long done, long total, string unit, TimeSpan? elapsed)
    {
        var word = unit.Length == 0 ? "" : " " + unit;
        if (total <= 0)
            return done <= 0 ? "Working…" : string.Create(CultureInfo.InvariantCulture, $"{done:N0}{word} so far");

        var percent = Math.Clamp(done * 100 / total, 0, 100);
        var words = string.Create(CultureInfo.InvariantCulture, $"{done:N0} of {total:N0}{word} · {percent} %");
        if (elapsed is not { TotalSeconds: >= 1 } spent || percent is < 1 or >= 100)
            return words;
        return $"{words} · about {Rough(spent * ((double)(total - done) / done))} left";
    }

    static string Rough(TimeSpan left) => left switch
    {
        { TotalSeconds: < 60 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, Math.Ceiling(left.TotalSeconds)):0} s"),
        { TotalMinutes: < 60 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(left.TotalMinutes):0} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(left.TotalHours):0} h"),
    };
}
