namespace LibraryPortal.Domain.Labels;

/// <summary>Error correction of QR codes: Reed-Solomon over GF(256) with the polynomial x⁸+x⁴+x³+x²+1 (ISO/IEC 18004, clause 7.5 and annex A).</summary>
static class ReedSolomon
{
    static readonly byte[] Powers = new byte[510];
    static readonly byte[] Logs = new byte[256];

    static ReedSolomon()
    {
        var value = 1;
        for (var i = 0; i < 255; i++)
        {
            Powers[i] = Powers[i + 255] = (byte)value;
            Logs[value] = (byte)i;
            value = value << 1 ^ (value >= 0x80 ? 0x11D : 0);
        }
    }

    /// <summary>The codewords that make the block correctable: the remainder of the data divided by (x-α⁰)(x-α¹)...</summary>
    public static byte[] Remainder(ReadOnlySpan<byte> data, int count)
    {
        var generator = Generator(count);
        var remainder = new byte[count];
        foreach (var value in data)
        {
            var factor = (byte)(value ^ remainder[0]);
            remainder.AsSpan(1).CopyTo(remainder);
            remainder[^1] = 0;
            for (var i = 0; i < count; i++)
                remainder[i] ^= Multiply(generator[i + 1], factor);
        }

        return remainder;
    }

    /// <summary>Coefficients from the highest power down; the first is 1.</summary>
    static byte[] Generator(int count)
    {
        var generator = new byte[count + 1];
        generator[0] = 1;
        for (var root = 0; root < count; root++)
        {
            for (var i = root + 1; i > 0; i--)
                generator[i] ^= Multiply(generator[i - 1], Powers[root]);
        }

        return generator;
    }

    static byte Multiply(byte one, byte two) => one == 0 || two == 0 ? (byte)0 : Powers[Logs[one] + Logs[two]];
}
