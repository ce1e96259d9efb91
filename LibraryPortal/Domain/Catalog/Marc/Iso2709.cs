using System.Buffers;

namespace LibraryPortal.Domain.Catalog.Marc;

/// <summary>The marks and measures of ISO 2709:2008 as MARC 21 uses it (Library of Congress, MARC 21 Specifications, Record Structure).</summary>
internal static class Iso2709
{
    public const byte RecordTerminator = 0x1D;
    public const byte FieldTerminator = 0x1E;
    public const byte SubfieldDelimiter = 0x1F;

    /// <summary>Bytes of a directory entry: tag (3), length of the field (4), its address after the base (5).</summary>
    public const int DirectoryEntry = 12;

    /// <summary>The longest record the five digits of its length can say, in bytes.</summary>
    public const int MaxRecord = 99_999;

    /// <summary>The shortest record: leader, end of the empty directory, end of the record.</summary>
    public const int MinRecord = MarcRecord.LeaderLength + 2;

    public static ReadOnlySpan<byte> Utf8Mark => [0xEF, 0xBB, 0xBF];

    /// <summary>Bytes that stand between records in files that went through other programs; no record begins with one.</summary>
    public static SearchValues<byte> Padding { get; } = SearchValues.Create(0x00, (byte)'\t', (byte)'\n', (byte)'\r', 0x1A, (byte)' ');

    /// <summary>The number these digits make; null when one is not a digit.</summary>
    public static int? Number(ReadOnlySpan<byte> digits)
    {
        var number = 0;
        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9')
                return null;
            number = number * 10 + (digit - '0');
        }

        return number;
    }

    /// <summary>True where a record very likely begins: its length, its base address and the fixed figures of every MARC 21 leader.</summary>
    public static bool LooksLikeLeader(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= MarcRecord.LeaderLength && Number(bytes[..5]) >= MinRecord && Number(bytes[12..17]) is not null
        && bytes[10..12].SequenceEqual("22"u8) && bytes[20..22].SequenceEqual("45"u8);
}
