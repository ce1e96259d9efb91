namespace LibraryPortal.Domain.Labels;

/// <summary>A QR code while it is drawn: patterns first, then data in the modules they leave free, then one mask (ISO/IEC 18004, clauses 6.3 and 7.7 to 7.10).</summary>
sealed class QrSymbol
{
    readonly QrVersion _version;
    readonly int _size;
    readonly bool[,] _dark;
    readonly bool[,] _isPattern;

    public QrSymbol(QrVersion version)
    {
        (_version, _size) = (version, version.Size);
        (_dark, _isPattern) = (new bool[_size, _size], new bool[_size, _size]);
        DrawPatterns();
    }

    /// <summary>Lays the codewords in columns of two from the right, upwards and downwards in turn, round the patterns.</summary>
    public void Lay(ReadOnlySpan<byte> codewords)
    {
        var bit = 0;
        for (var right = _size - 1; right > 0; right -= 2)
        {
            // The column of the timing pattern holds no data.
            if (right == 6)
                right--;
            var isUpward = (right + 1 & 2) == 0;
            for (var step = 0; step < _size; step++)
            {
                var row = isUpward ? _size - 1 - step : step;
                for (var column = right; column >= right - 1; column--)
                {
                    if (_isPattern[row, column])
                        continue;
                    // Modules left over at the end stay light.
                    _dark[row, column] = bit < codewords.Length * 8 && (codewords[bit / 8] >> 7 - bit % 8 & 1) != 0;
                    bit++;
                }
            }
        }
    }

    /// <summary>The finished code with this mask.</summary>
    public bool[,] Masked(int mask)
    {
        var dark = (bool[,])_dark.Clone();
        for (var row = 0; row < _size; row++)
        {
            for (var column = 0; column < _size; column++)
                dark[row, column] ^= !_isPattern[row, column] && QrMask.Inverts(mask, row, column);
        }

        foreach (var (row, column, isDark) in QrFormat.Modules(_size, mask))
            dark[row, column] = isDark;
        return dark;
    }

    void DrawPatterns()
    {
        for (var i = 0; i < _size; i++)
        {
            Set(6, i, i % 2 == 0);
            Set(i, 6, i % 2 == 0);
        }

        DrawFinder(3, 3);
        DrawFinder(3, _size - 4);
        DrawFinder(_size - 4, 3);
        foreach (var row in _version.Alignment)
        {
            foreach (var column in _version.Alignment)
            {
                // Three of the crossings are taken by the finders.
                if (!(row == 6 && (column == 6 || column == _size - 7)) && !(row == _size - 7 && column == 6))
                    DrawRings(row, column, 2, distance => distance != 1);
            }
        }

        foreach (var (row, column, _) in QrFormat.Modules(_size, 0))
            Set(row, column, false);
        Set(_size - 8, 8, true);
        foreach (var (row, column, isDark) in QrFormat.VersionModules(_size, _version.Number))
            Set(row, column, isDark);
    }

    /// <summary>With its light border, as far as it is inside.</summary>
    void DrawFinder(int row, int column) => DrawRings(row, column, 4, distance => distance is not (2 or 4));

    void DrawRings(int row, int column, int reach, Func<int, bool> isDark)
    {
        for (var down = -reach; down <= reach; down++)
        {
            for (var along = -reach; along <= reach; along++)
            {
                var (y, x) = (row + down, column + along);
                if (y >= 0 && y < _size && x >= 0 && x < _size)
                    Set(y, x, isDark(Math.Max(Math.Abs(down), Math.Abs(along))));
            }
        }
    }

    void Set(int row, int column, bool isDark)
    {
        _dark[row, column] = isDark;
        _isPattern[row, column] = true;
    }
}
