using System.Buffers.Binary;

namespace LibraryPortal.Features.Catalog.Covers;

/// <summary>The orientation among a camera's notes (a TIFF directory; tag 274).</summary>
internal static class ExifOrientation
{
    const ushort Tag = 274, Short = 3;

    /// <summary>2 to 8: how the picture is to be turned or mirrored. Null when it stands upright, or the notes cannot be read.</summary>
    public static ushort? Read(ReadOnlySpan<byte> notes)
    {
        if (notes.Length < 8 || !(notes.StartsWith("II"u8) || notes.StartsWith("MM"u8)))
            return null;
        var isLittle = notes[0] == (byte)'I';
        ushort Number(ReadOnlySpan<byte> at) => isLittle ? BinaryPrimitives.ReadUInt16LittleEndian(at) : BinaryPrimitives.ReadUInt16BigEndian(at);
        var start = isLittle ? BinaryPrimitives.ReadUInt32LittleEndian(notes[4..]) : BinaryPrimitives.ReadUInt32BigEndian(notes[4..]);
        if (start + 2 > notes.Length)
            return null;
        var directory = notes[(int)start..];
        var count = Number(directory);
        for (var i = 0; i < count && 2 + ((i + 1) * 12) <= directory.Length; i++)
        {
            var entry = directory.Slice(2 + (i * 12), 12);
            if (Number(entry) == Tag && Number(entry[2..]) == Short)
                return Number(entry[8..]) is >= 2 and <= 8 and var orientation ? orientation : null;
        }

        return null;
    }

    /// <summary>Notes that say only this.</summary>
    public static byte[] Write(ushort orientation) =>
    [
        (byte)'M', (byte)'M', 0, 42, 0, 0, 0, 8, // big-endian, directory at 8
        0, 1, Tag >> 8, Tag & 0xFF, 0, (byte)Short, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, // one entry, one number
        0, 0, 0, 0, // no further directory
    ];
}
