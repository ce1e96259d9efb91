using System.Text;

namespace LibraryPortal.Domain.Labels;

/// <summary>The codewords of a QR code in the order in which they are laid (ISO/IEC 18004, clauses 7.4 and 7.6).</summary>
static class QrData
{
    const int ByteMode = 0b0100;

    // Names the encoding of what follows; 26 is UTF-8 (AIM ECI assignments). Plain ASCII needs none, and some old scanners know none.
    const int EncodingMode = 0b0111;
    const int Utf8 = 26;

    /// <summary>The smallest version that holds the text; null when none does.</summary>
    public static QrVersion? Version(string text) => QrVersion.All.FirstOrDefault(version => Bits(text, version) <= version.DataCodewords * 8);

    /// <summary>Data and correction codewords, dealt from their blocks.</summary>
    public static byte[] Codewords(string text, QrVersion version)
    {
        var blocks = Split(Data(text, version), version);
        var corrections = blocks.ConvertAll(block => ReedSolomon.Remainder(block, version.Correction));
        return [.. Deal(blocks), .. Deal(corrections)];
    }

    /// <summary>Mode, length, bytes, end mark, and padding to the size of the version.</summary>
    internal static byte[] Data(string text, QrVersion version)
    {
        List<bool> bits = [];
        if (!Ascii.IsValid(text))
        {
            Add(bits, EncodingMode, 4);
            Add(bits, Utf8, 8);
        }

        var bytes = Encoding.UTF8.GetBytes(text);
        Add(bits, ByteMode, 4);
        Add(bits, bytes.Length, version.LengthBits);
        foreach (var value in bytes)
            Add(bits, value, 8);
        // The end mark is cut short when the last bits are full.
        Add(bits, 0, Math.Min(4, version.DataCodewords * 8 - bits.Count));
        Add(bits, 0, (8 - bits.Count % 8) % 8);
        var data = new byte[version.DataCodewords];
        for (var i = 0; i < bits.Count; i++)
            data[i / 8] |= (byte)(bits[i] ? 0x80 >> i % 8 : 0);
        for (var i = bits.Count / 8; i < data.Length; i++)
            data[i] = (i - bits.Count / 8) % 2 == 0 ? (byte)0xEC : (byte)0x11;
        return data;
    }

    static int Bits(string text, QrVersion version) =>
        (Ascii.IsValid(text) ? 0 : 12) + 4 + version.LengthBits + 8 * Encoding.UTF8.GetByteCount(text);

    static List<byte[]> Split(byte[] data, QrVersion version)
    {
        List<byte[]> blocks = [];
        var (length, longer) = Math.DivRem(data.Length, version.Blocks);
        for (int block = 0, at = 0; block < version.Blocks; block++)
        {
            var end = at + length + (block >= version.Blocks - longer ? 1 : 0);
            blocks.Add(data[at..end]);
            at = end;
        }

        return blocks;
    }

    static IEnumerable<byte> Deal(List<byte[]> blocks)
    {
        for (var i = 0; i < blocks[^1].Length; i++)
        {
            foreach (var block in blocks)
            {
                if (i < block.Length)
                    yield return block[i];
            }
        }
    }

    static void Add(List<bool> bits, int value, int count)
    {
        for (var bit = count - 1; bit >= 0; bit--)
            bits.Add((value >> bit & 1) != 0);
    }
}
