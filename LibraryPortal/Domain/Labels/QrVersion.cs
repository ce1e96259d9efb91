using System.Collections.Immutable;

namespace LibraryPortal.Domain.Labels;

/// <summary>The measures of one size of QR code at error correction level M (ISO/IEC 18004, tables 1, 7, 9 and E.1).</summary>
/// <param name="Number">1 to 10.</param>
/// <param name="Codewords">Data and correction together.</param>
/// <param name="Blocks">Into how many blocks the data is dealt; later ones may hold one codeword more.</param>
/// <param name="Correction">Correction codewords of each block.</param>
/// <param name="Alignment">Rows and columns on which the alignment patterns are centred.</param>
sealed record QrVersion(int Number, int Codewords, int Blocks, int Correction, ImmutableArray<int> Alignment)
{
    public static ImmutableArray<QrVersion> All { get; } =
    [
        new(1, 26, 1, 10, []),
        new(2, 44, 1, 16, [6, 18]),
        new(3, 70, 1, 26, [6, 22]),
        new(4, 100, 2, 18, [6, 26]),
        new(5, 134, 2, 24, [6, 30]),
        new(6, 172, 4, 16, [6, 34]),
        new(7, 196, 4, 18, [6, 22, 38]),
        new(8, 242, 4, 22, [6, 24, 42]),
        new(9, 292, 5, 22, [6, 26, 46]),
        new(10, 346, 5, 26, [6, 28, 50]),
    ];

    /// <summary>Modules on each side.</summary>
    public int Size => 17 + 4 * Number;

    /// <summary>Codewords that carry data.</summary>
    public int DataCodewords => Codewords - Blocks * Correction;

    /// <summary>Bits of the length in byte mode.</summary>
    public int LengthBits => Number < 10 ? 8 : 16;
}
