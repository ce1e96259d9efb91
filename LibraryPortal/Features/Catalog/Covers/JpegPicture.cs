using System.Buffers.Binary;
using LibraryPortal.Domain;

namespace LibraryPortal.Features.Catalog.Covers;

/// <summary>Takes JPEG files apart (ITU T.81, annex B): segments of a marker and a length, then the picture's data up to the end marker.</summary>
internal static class JpegPicture
{
    const byte Start = 0xD8, End = 0xD9, Scan = 0xDA, Comment = 0xFE, FirstApp = 0xE0, ExifApp = 0xE1, ProfileApp = 0xE2, AdobeApp = 0xEE, LastApp = 0xEF;

    static ReadOnlySpan<byte> ExifName => "Exif\0\0"u8;

    static ReadOnlySpan<byte> ProfileName => "ICC_PROFILE\0"u8;

    public static bool Begins(ReadOnlySpan<byte> file) => file.StartsWith((ReadOnlySpan<byte>)[0xFF, Start, 0xFF]);

    public static Outcome<CleanPicture> Clean(ReadOnlySpan<byte> file)
    {
        using var clean = new MemoryStream(file.Length);
        clean.Write([0xFF, Start]);
        var (width, height) = (0, 0);
        var isScanned = false;
        for (var at = 2; ;)
        {
            if (file[at] != 0xFF)
                return CoverRefusals.Damaged;
            var marker = file[at + 1];
            if (marker == 0xFF)
            {
                at++;
                continue;
            }

            if (marker == End)
            {
                clean.Write([0xFF, End]);
                return isScanned && width > 0 ? new CleanPicture(PictureFormat.Jpeg, width, height, clean.ToArray()) : CoverRefusals.Damaged;
            }

            var length = BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]);
            if (length < 2)
                return CoverRefusals.Damaged;
            var segment = file.Slice(at, 2 + length);
            if (IsFrame(marker))
                (height, width) = (BinaryPrimitives.ReadUInt16BigEndian(segment[5..]), BinaryPrimitives.ReadUInt16BigEndian(segment[7..]));
            if (marker == ExifApp)
                WriteOrientation(clean, segment[4..]);
            else if (IsKept(marker, segment[4..]))
                clean.Write(segment);
            at += segment.Length;
            if (marker != Scan)
                continue;
            isScanned = true;
            var data = ScanData(file[at..]);
            clean.Write(data);
            at += data.Length;
        }
    }

    // Colours need what Adobe noted and the profile; the header of the format does no harm. All else beside the picture is about people and machines.
    static bool IsKept(byte marker, ReadOnlySpan<byte> content) => marker switch
    {
        FirstApp or AdobeApp => true,
        ProfileApp => content.StartsWith(ProfileName),
        Comment or (>= FirstApp and <= LastApp) => false,
        _ => true,
    };

    static bool IsFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);

    /// <summary>Up to the next marker that is neither a stuffed zero nor a restart.</summary>
    static ReadOnlySpan<byte> ScanData(ReadOnlySpan<byte> rest)
    {
        for (var at = 0; ; at++)
        {
            var next = rest[at..].IndexOf((byte)0xFF);
            if (next < 0)
                throw new ArgumentOutOfRangeException(nameof(rest), "The picture's data has no end.");
            at += next;
            if (rest[at + 1] is not (0 or (>= 0xD0 and <= 0xD7)))
                return rest[..at];
        }
    }

    /// <summary>Keeps the one thing of a camera's notes without which the picture would lie on its side.</summary>
    static void WriteOrientation(MemoryStream clean, ReadOnlySpan<byte> content)
    {
        if (!content.StartsWith(ExifName) || ExifOrientation.Read(content[ExifName.Length..]) is not { } orientation)
            return;
        var notes = ExifOrientation.Write(orientation);
        clean.Write([0xFF, ExifApp, 0, (byte)(2 + ExifName.Length + notes.Length)]);
        clean.Write(ExifName);
        clean.Write(notes);
    }
}
