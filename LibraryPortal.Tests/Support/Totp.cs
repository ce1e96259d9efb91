using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace LibraryPortal.Tests.Support;

/// <summary>The authenticator app on the tester's phone (RFC 6238: SHA-1, 30 s, 6 digits).</summary>
internal static class Totp
{
    const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <param name="key">The key in base 32, spaces allowed.</param>
    public static string Code(string key)
    {
        Span<byte> step = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(step, TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 30);
#pragma warning disable CA5350 // the algorithm of the standard
        var hash = HMACSHA1.HashData(Decode(key), step);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 0xf)) & int.MaxValue;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    static byte[] Decode(string key)
    {
        List<byte> bytes = [];
        var (bits, count) = (0, 0);
        foreach (var sign in key.Replace(" ", "", StringComparison.Ordinal).TrimEnd('=').ToUpperInvariant())
        {
            bits = (bits << 5) | Alphabet.IndexOf(sign, StringComparison.Ordinal);
            count += 5;
            if (count < 8)
                continue;
            count -= 8;
            bytes.Add((byte)(bits >> count));
            bits &= (1 << count) - 1;
        }

        return [.. bytes];
    }
}
