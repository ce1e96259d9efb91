namespace LibraryPortal.Features.Catalog.Synthesis;

/// <summary>Random choices that are the same for the same seed, on every machine and version (SplitMix64).</summary>
internal sealed class Draw(ulong seed)
{
    ulong _state = seed;

    /// <summary>0 up to, not including, 1.</summary>
    public double Share() => (Next() >> 11) * (1.0 / (1UL << 53));

    public int Below(int count) => (int)(Share() * count);

    public bool Chance(double probability) => Share() < probability;

    /// <summary>All equally likely.</summary>
    public T Of<T>(IReadOnlyList<T> items) => items[Below(items.Count)];

    /// <summary>The first far likelier than the last, as words and authors are in real life (Zipf).</summary>
    public T Skewed<T>(IReadOnlyList<T> items) => items[Math.Min(items.Count - 1, (int)Math.Pow(items.Count + 1, Share()) - 1)];

    ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        var value = _state;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
