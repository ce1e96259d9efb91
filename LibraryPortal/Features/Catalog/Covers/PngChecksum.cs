namespace LibraryPortal.Features.Catalog.Covers;

/// <summary>The CRC-32 of a PNG chunk (polynomial EDB88320, as in annex D of the standard).</summary>
internal static class PngChecksum
{
    static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(number =>
    {
        var value = (uint)number;
        for (var bit = 0; bit < 8; bit++)
            value = (value & 1) == 1 ? 0xEDB88320 ^ (value >> 1) : value >> 1;
        return value;
    })];

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var value = uint.MaxValue;
        foreach (var each in bytes)
            value = Table[(value ^ each) & 0xFF] ^ (value >> 8);
        return ~value;
    }
}
