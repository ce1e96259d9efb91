using System.Buffers.Binary;
using LibraryPortal.Domain;

namespace LibraryPortal.Features.Catalog.Covers;

/// <summary>Takes PNG files apart (W3C PNG, third edition): chunks of a length, a name, content and a checksum.</summary>
internal static class PngPicture
{
    // The picture itself and its colours. Texts, times, notes of cameras and unknown chunks are left out.
    static readonly HashSet<string> Kept = ["IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "sBIT", "pHYs"];

    static ReadOnlySpan<byte> Signature => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    public static bool Begins(ReadOnlySpan<byte> file) => file.StartsWith(Signature);

    public static Outcome<CleanPicture> Clean(ReadOnlySpan<byte> file)
    {
        using var clean = new MemoryStream(file.Length);
        clean.Write(Signature);
        var (width, height, hasData) = (0, 0, false);
        for (var at = Signature.Length; ;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(file[at..]);
            if (length > int.MaxValue - 12)
                return CoverRefusals.Damaged;
            var chunk = file.Slice(at, 12 + (int)length);
            var name = System.Text.Encoding.Latin1.GetString(chunk.Slice(4, 4));
            if (PngChecksum.Of(chunk[4..^4]) != BinaryPrimitives.ReadUInt32BigEndian(chunk[^4..]))
                return CoverRefusals.Damaged;
            if (name == "acTL")
                return CoverRefusals.Moving;
            if ((width == 0) != (name == "IHDR"))
                return CoverRefusals.Damaged;
            if (name == "IHDR")
                (width, height) = (BinaryPrimitives.ReadInt32BigEndian(chunk[8..]), BinaryPrimitives.ReadInt32BigEndian(chunk[12..]));
            hasData |= name == "IDAT";
            if (Kept.Contains(name))
                clean.Write(chunk);
            if (name == "IEND")
                return hasData ? new CleanPicture(PictureFormat.Png, width, height, clean.ToArray()) : CoverRefusals.Damaged;
            at += chunk.Length;
        }
    }
}
