namespace LibraryPortal.Hosting.Bench;

/// <summary>How a set of delays is spread, in milliseconds.</summary>
internal readonly record struct Delays(double P50, double P99, double P999, double Worst)
{
    /// <summary>By nearest rank.</summary>
    public static Delays Of(double[] delays)
    {
        Array.Sort(delays);
        double At(double part) => delays[Math.Min(delays.Length - 1, (int)(delays.Length * part))];
        return delays.Length == 0 ? default : new Delays(At(0.5), At(0.99), At(0.999), delays[^1]);
    }
}
