namespace LibraryPortal.Hosting.Bench;

/// <summary>How a set of delays is spread, in milliseconds.</summary>
/// <param name="P999">Null for fewer than 4,000 delays, of which hardly one would lie beyond it.</param>
internal readonly record struct Delays(double P50, double P99, double? P999, double Worst)
{
    const int FewestForP999 = 4_000;

    /// <summary>By nearest rank.</summary>
    public static Delays Of(double[] delays)
    {
        Array.Sort(delays);
        double At(double part) => delays[Math.Min(delays.Length - 1, (int)(delays.Length * part))];
        return delays.Length == 0 ? default : new Delays(At(0.5), At(0.99), delays.Length < FewestForP999 ? null : At(0.999), delays[^1]);
    }
}
