using System.Text;
using LibraryPortal.Domain.Labels;

namespace LibraryPortal.Tests.Domain.Labels;

/// <summary>
/// Reads a flawless QR code of level M back, written from the reader's side of the standard and sharing nothing with the writer: format by its
/// 32 published words, patterns by geometry, blocks checked by their syndromes.
/// </summary>
static class QrReader
{
    // Number of blocks and correction codewords of each, for versions 1 to 10 at level M (table 9).
    static readonly (int Blocks, int Correction)[] Table = [(1, 10), (1, 16), (1, 26), (2, 18), (2, 24), (4, 16), (4, 18), (4, 22), (5, 22), (5, 26)];

    static readonly int[][] Alignment = [[], [6, 18], [6, 22], [6, 26], [6, 30], [6, 34], [6, 22, 38], [6, 24, 42], [6, 26, 46], [6, 28, 50]];

    // The format words of level M (table C.1), mask 0 to 7.
    static readonly int[] Formats =
        [0b101010000010010, 0b101000100100101, 0b101111001111100, 0b101101101001011, 0b100010111111001, 0b100000011001110, 0b100111110010111, 0b100101010100000];

    public static string Read(ModuleMatrix code)
    {
        var version = (code.Size - 17) / 4;
        var codewords = Codewords(code, version, Mask(code));
        var (blocks, correction) = Table[version - 1];
        var data = Collect(codewords, blocks, correction);
        return Text(data, version);
    }

    public static int Mask(ModuleMatrix code)
    {
        var first = 0;
        foreach (var (row, column) in (IEnumerable<(int, int)>)[(8, 0), (8, 1), (8, 2), (8, 3), (8, 4), (8, 5), (8, 7), (8, 8), (7, 8), (5, 8), (4, 8), (3, 8), (2, 8), (1, 8), (0, 8)])
            first = first << 1 | (code[row, column] ? 1 : 0);
        var second = 0;
        for (var i = 0; i < 15; i++)
            second = second << 1 | ((i < 7 ? code[code.Size - 1 - i, 8] : code[8, code.Size - 15 + i]) ? 1 : 0);
        Assert.Equal(first, second);
        Assert.True(code[code.Size - 8, 8], "The module beside the lower finder is always dark.");
        return Array.IndexOf(Formats, first);
    }

    static List<byte> Codewords(ModuleMatrix code, int version, int mask)
    {
        List<bool> bits = [];
        var isUp = true;
        for (var right = code.Size - 1; right > 0; right -= 2, isUp = !isUp)
        {
            if (right == 6)
                right = 5;
            for (var i = 0; i < code.Size; i++)
            {
                var row = isUp ? code.Size - 1 - i : i;
                foreach (var column in (int[])[right, right - 1])
                {
                    if (!IsPattern(code.Size, version, row, column))
                        bits.Add(code[row, column] != Inverts(mask, row, column));
                }
            }
        }

        return [.. bits.Chunk(8).Where(chunk => chunk.Length == 8).Select(chunk => chunk.Aggregate((byte)0, (value, bit) => (byte)(value << 1 | (bit ? 1 : 0))))];
    }

    static bool IsPattern(int size, int version, int row, int column)
    {
        if (row == 6 || column == 6 || (row < 9 && column < 9) || (row < 9 && column >= size - 8) || (row >= size - 8 && column < 9))
            return true;
        if (version >= 7 && ((row < 6 && column >= size - 11) || (column < 6 && row >= size - 11)))
            return true;
        var centres = Alignment[version - 1];
        return centres.Any(y => centres.Any(x => Math.Abs(row - y) <= 2 && Math.Abs(column - x) <= 2
            && !(y == 6 && x == 6) && !(y == 6 && x == size - 7) && !(y == size - 7 && x == 6)));
    }

    static bool Inverts(int mask, int i, int j) => mask switch
    {
        0 => (i + j) % 2 == 0,
        1 => i % 2 == 0,
        2 => j % 3 == 0,
        3 => (i + j) % 3 == 0,
        4 => (i / 2 + j / 3) % 2 == 0,
        5 => i * j % 2 + i * j % 3 == 0,
        6 => (i * j % 2 + i * j % 3) % 2 == 0,
        7 => ((i + j) % 2 + i * j % 3) % 2 == 0,
        _ => throw new InvalidOperationException("The format word is not one of level M."),
    };

    static byte[] Collect(List<byte> codewords, int blocks, int correction)
    {
        var dataLength = codewords.Count - blocks * correction;
        var shorter = dataLength / blocks;
        var firstLonger = blocks - dataLength % blocks;
        var data = Enumerable.Range(0, blocks).Select(_ => new List<byte>()).ToArray();
        var at = 0;
        for (var i = 0; i <= shorter; i++)
        {
            for (var block = 0; block < blocks; block++)
            {
                if (i < shorter || block >= firstLonger)
                    data[block].Add(codewords[at++]);
            }
        }

        var whole = data.Select(block => block.ToList()).ToArray();
        for (; at < codewords.Count; at++)
            whole[(at - dataLength) % blocks].Add(codewords[at]);
        foreach (var block in whole)
        {
            for (var (root, i) = (1, 0); i < correction; i++, root = Times(root, 2))
                Assert.Equal(0, block.Aggregate(0, (sum, value) => Times(sum, root) ^ value));
        }

        return [.. data.SelectMany(block => block)];
    }

    // Multiplication in GF(256), bit by bit.
    static int Times(int one, int two)
    {
        var product = 0;
        for (; two > 0; two >>= 1)
        {
            product ^= (two & 1) != 0 ? one : 0;
            one = one << 1 ^ (one >= 0x80 ? 0x11D : 0);
        }

        return product;
    }

    static string Text(byte[] data, int version)
    {
        var at = 0;
        var mode = Take(4);
        if (mode == 7)
        {
            Assert.Equal(26, Take(8));
            mode = Take(4);
        }

        Assert.Equal(4, mode);
        var length = Take(version < 10 ? 8 : 16);
        return Encoding.UTF8.GetString([.. Enumerable.Range(0, length).Select(_ => (byte)Take(8))]);

        int Take(int count)
        {
            var value = 0;
            for (; count > 0; count--, at++)
                value = value << 1 | data[at / 8] >> 7 - at % 8 & 1;
            return value;
        }
    }
}
