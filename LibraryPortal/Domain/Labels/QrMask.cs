namespace LibraryPortal.Domain.Labels;

/// <summary>The eight masks of a QR code, and how badly a masked code can be read (ISO/IEC 18004, clause 7.8).</summary>
static class QrMask
{
    public const int Count = 8;

    // Dark, light, dark three times, dark, light, dark, and four light ones on one side: looks like a finder.
    const int FinderLike = 0b10111010000;
    const int FinderLikeMirrored = 0b00001011101;

    public static bool Inverts(int mask, int row, int column) => mask switch
    {
        0 => (row + column) % 2 == 0,
        1 => row % 2 == 0,
        2 => column % 3 == 0,
        3 => (row + column) % 3 == 0,
        4 => (row / 2 + column / 3) % 2 == 0,
        5 => row * column % 2 + row * column % 3 == 0,
        6 => (row * column % 2 + row * column % 3) % 2 == 0,
        7 => ((row + column) % 2 + row * column % 3) % 2 == 0,
        _ => throw new ArgumentOutOfRangeException(nameof(mask)),
    };

    /// <summary>Lower is better.</summary>
    public static int Penalty(bool[,] dark)
    {
        var size = dark.GetLength(0);
        var (penalty, darkCount) = (0, 0);
        for (var line = 0; line < size; line++)
        {
            var at = line;
            penalty += LinePenalty(size, i => dark[at, i]) + LinePenalty(size, i => dark[i, at]);
            for (var i = 0; i < size; i++)
            {
                darkCount += dark[line, i] ? 1 : 0;
                if (line > 0 && i > 0 && dark[line, i] == dark[line - 1, i] && dark[line, i] == dark[line, i - 1] && dark[line, i] == dark[line - 1, i - 1])
                    penalty += 3;
            }
        }

        // Ten for every full five per cent away from half dark.
        return penalty + Math.Abs(darkCount * 20 - size * size * 10) / (size * size) * 10;
    }

    static int LinePenalty(int size, Func<int, bool> isDark)
    {
        var (penalty, run, last) = (0, 0, 0);
        for (var i = 0; i < size; i++)
        {
            run = i > 0 && isDark(i) == isDark(i - 1) ? run + 1 : 1;
            penalty += run == 5 ? 3 : run > 5 ? 1 : 0;
            last = (last << 1 | (isDark(i) ? 1 : 0)) & 0x7FF;
            if (i >= 10 && last is FinderLike or FinderLikeMirrored)
                penalty += 40;
        }

        return penalty;
    }
}
