using System.Buffers.Binary;
using LibraryPortal.Domain;

namespace LibraryPortal.Features.Catalog.Covers;

/// <summary>Takes WebP files apart (RFC 9649): a RIFF file whose chunks have a name, a length and content, padded to even length.</summary>
internal static class WebPPicture
{
    /// <summary>Bits of the extended header: notes of a camera, notes in XML, moving.</summary>
    const byte Exif = 0x08, Xmp = 0x04, Animation = 0x02;

    public static bool Begins(ReadOnlySpan<byte> file) => file.Length > 20 && file.StartsWith("RIFF"u8) && file[8..].StartsWith("WEBP"u8);

    public static Outcome<CleanPicture> Clean(ReadOnlySpan<byte> file)
    {
        var size = BinaryPrimitives.ReadUInt32LittleEndian(file[4..]);
        if (size + 8L > file.Length || size < 12)
            return CoverRefusals.Damaged;
        // What stands behind the size the file tells is no part of the picture.
        var chunks = file.Slice(12, (int)size - 4);
        using var clean = new MemoryStream(file.Length);
        clean.Write("RIFF\0\0\0\0WEBP"u8);
        (int Width, int Height)? measures = null;
        while (chunks.Length >= 8)
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(chunks[4..]);
            if (length > chunks.Length - 8)
                return CoverRefusals.Damaged;
            var content = chunks.Slice(8, (int)length);
            var name = System.Text.Encoding.Latin1.GetString(chunks[..4]);
            if (name is "ANIM" or "ANMF" || (name == "VP8X" && (content[0] & Animation) != 0))
                return CoverRefusals.Moving;
            if (Measure(name, content) is { } found)
                measures = found;
            if (name is "VP8 " or "VP8L" or "VP8X" or "ALPH" or "ICCP")
                Write(clean, name, content);
            chunks = chunks[Math.Min(chunks.Length, 8 + content.Length + (content.Length & 1))..];
        }

        if (measures is not { } picture)
            return CoverRefusals.Damaged;
        var bytes = clean.ToArray();
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4), (uint)bytes.Length - 8);
        return new CleanPicture(PictureFormat.WebP, picture.Width, picture.Height, bytes);
    }

    static (int Width, int Height)? Measure(string name, ReadOnlySpan<byte> content) => name switch
    {
        // Behind three bytes of frame header and three that always are the same.
        "VP8 " when content.Slice(3, 3).SequenceEqual((ReadOnlySpan<byte>)[0x9D, 0x01, 0x2A]) =>
            (BinaryPrimitives.ReadUInt16LittleEndian(content[6..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(content[8..]) & 0x3FFF),
        "VP8L" when content[0] == 0x2F && BinaryPrimitives.ReadUInt32LittleEndian(content[1..]) is var bits => ((int)(bits & 0x3FFF) + 1, (int)((bits >> 14) & 0x3FFF) + 1),
        _ => null,
    };

    static void Write(MemoryStream clean, string name, ReadOnlySpan<byte> content)
    {
        Span<byte> head = stackalloc byte[8];
        System.Text.Encoding.Latin1.GetBytes(name, head);
        BinaryPrimitives.WriteUInt32LittleEndian(head[4..], (uint)content.Length);
        clean.Write(head);
        var start = clean.Length;
        clean.Write(content);
        if ((content.Length & 1) == 1)
            clean.WriteByte(0);
        if (name != "VP8X")
            return;
        // The header must not announce notes that are gone.
        clean.Position = start;
        clean.WriteByte((byte)(content[0] & ~(Exif | Xmp)));
        clean.Position = clean.Length;
    }
}
