using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using LibraryPortal.Features.Catalog.Covers;

namespace LibraryPortal.Tests.Features.Catalog.Covers;

/// <summary>Pictures made for tests. The PNG is a real one; of the others only what is around the picture is.</summary>
internal static class Pictures
{
    const string Note = "Somewhere 51.5N";

    public static byte[] Png(int width, int height, bool isMoving = false)
    {
        using var file = new MemoryStream();
        file.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        Chunk(file, "IHDR", [.. Big(width), .. Big(height), 8, 0, 0, 0, 0]);
        if (isMoving)
            Chunk(file, "acTL", [0, 0, 0, 2, 0, 0, 0, 0]);
        Chunk(file, "tEXt", Encoding.Latin1.GetBytes($"Location\0{Note}"));
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (var row = 0; row < Math.Min(height, 400); row++)
                zlib.Write([0, .. Enumerable.Repeat((byte)(row * 255 / Math.Min(height, 400)), Math.Min(width, 400))]);
        }

        Chunk(file, "IDAT", packed.ToArray());
        Chunk(file, "IEND", []);
        return file.ToArray();
    }

    public static byte[] Jpeg(int width, int height, ushort orientation = 1)
    {
        using var file = new MemoryStream();
        file.Write([0xFF, 0xD8]);
        Segment(file, 0xE0, [.. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 0, 0]);
        Segment(file, 0xE1, [.. "Exif\0\0"u8, .. ExifOrientation.Write(orientation), .. Encoding.Latin1.GetBytes(Note)]);
        Segment(file, 0xFE, "a comment"u8.ToArray());
        Segment(file, 0xDB, new byte[65]);
        Segment(file, 0xC0, [8, (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, 1, 1, 0x11, 0]);
        Segment(file, 0xC4, new byte[20]);
        Segment(file, 0xDA, [1, 1, 0, 0, 63, 0]);
        file.Write([0x12, 0x34, 0xFF, 0x00, 0x56, 0xFF, 0xD0, 0x78]);
        file.Write([0xFF, 0xD9]);
        return file.ToArray();
    }

    public static byte[] WebP(int width, int height, bool isMoving = false)
    {
        using var file = new MemoryStream();
        file.Write("RIFF\0\0\0\0WEBP"u8);
        Riff(file, "VP8X", [(byte)(isMoving ? 0x02 : 0x0C), 0, 0, 0, (byte)(width - 1), (byte)((width - 1) >> 8), 0, (byte)(height - 1), (byte)((height - 1) >> 8), 0]);
        var bits = (uint)(width - 1) | ((uint)(height - 1) << 14);
        Riff(file, "VP8L", [0x2F, (byte)bits, (byte)(bits >> 8), (byte)(bits >> 16), (byte)(bits >> 24), 1, 2, 3, 4]);
        Riff(file, "EXIF", Encoding.Latin1.GetBytes(Note));
        Riff(file, "XMP ", Encoding.Latin1.GetBytes(Note));
        var bytes = file.ToArray();
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4), (uint)bytes.Length - 8);
        return bytes;
    }

    static byte[] Big(int number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return bytes;
    }

    static void Chunk(MemoryStream file, string name, byte[] content)
    {
        byte[] named = [.. Encoding.Latin1.GetBytes(name), .. content];
        file.Write(Big(content.Length));
        file.Write(named);
        file.Write(Big((int)PngChecksum.Of(named)));
    }

    static void Segment(MemoryStream file, byte marker, byte[] content)
    {
        file.Write([0xFF, marker, (byte)((content.Length + 2) >> 8), (byte)(content.Length + 2)]);
        file.Write(content);
    }

    static void Riff(MemoryStream file, string name, byte[] content)
    {
        file.Write(Encoding.Latin1.GetBytes(name));
        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, content.Length);
        file.Write(length);
        file.Write(content);
        if (content.Length % 2 == 1)
            file.WriteByte(0);
    }
}
