namespace LibraryPortal.Domain.Labels;

/// <summary>What a QR code says about itself: correction level and mask, and from version 7 on its version, each with a BCH code (ISO/IEC 18004, clauses 7.9 and 7.10).</summary>
static class QrFormat
{
    const int LevelM = 0b00;

    /// <summary>15 bits: level, mask, and ten bits of correction.</summary>
    public static int Bits(int mask)
    {
        var data = LevelM << 3 | mask;
        return (data << 10 | Remainder(data, 10, 0x537)) ^ 0x5412;
    }

    /// <summary>18 bits: the version and twelve bits of correction.</summary>
    public static int VersionBits(int version) => version << 12 | Remainder(version, 12, 0x1F25);

    /// <summary>Where the format stands, once round the upper left finder and once beside the two others.</summary>
    public static IEnumerable<(int Row, int Column, bool IsDark)> Modules(int size, int mask)
    {
        var bits = Bits(mask);
        for (var i = 0; i < 15; i++)
        {
            var isDark = (bits >> i & 1) != 0;
            yield return i switch
            {
                < 6 => (i, 8, isDark),
                6 => (7, 8, isDark),
                7 => (8, 8, isDark),
                8 => (8, 7, isDark),
                _ => (8, 14 - i, isDark),
            };
            yield return i < 8 ? (8, size - 1 - i, isDark) : (size - 15 + i, 8, isDark);
        }
    }

    /// <summary>Where the version stands, twice; nowhere below version 7.</summary>
    public static IEnumerable<(int Row, int Column, bool IsDark)> VersionModules(int size, int version)
    {
        if (version < 7)
            yield break;
        var bits = VersionBits(version);
        for (var i = 0; i < 18; i++)
        {
            var isDark = (bits >> i & 1) != 0;
            var (along, across) = (i / 3, size - 11 + i % 3);
            yield return (along, across, isDark);
            yield return (across, along, isDark);
        }
    }

    static int Remainder(int data, int count, int generator)
    {
        var remainder = data;
        for (var i = 0; i < count; i++)
            remainder = remainder << 1 ^ (remainder >> count - 1) * generator;
        return remainder;
    }
}
