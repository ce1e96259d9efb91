using LibraryPortal.Domain;

namespace LibraryPortal.Features.Catalog.Covers;

/// <summary>A picture of which only what shows it is left: no place and camera, no comment, nothing hidden before, between or behind.</summary>
internal sealed record CleanPicture(PictureFormat Format, int Width, int Height, byte[] Bytes)
{
    /// <summary>Recognises a picture by its content, takes it apart and puts it together again.</summary>
    public static Outcome<CleanPicture> From(ReadOnlySpan<byte> file)
    {
        try
        {
            var read = JpegPicture.Begins(file) ? JpegPicture.Clean(file)
                : PngPicture.Begins(file) ? PngPicture.Clean(file)
                : WebPPicture.Begins(file) ? WebPPicture.Clean(file)
                : CoverRefusals.NoPicture;
            return read is { Value: { } picture } && !(IsFit(picture.Width) && IsFit(picture.Height)) ? CoverRefusals.Measures(picture.Width, picture.Height) : read;
        }
        catch (Exception error) when (error is ArgumentOutOfRangeException or IndexOutOfRangeException)
        {
            // A length that leads beyond the end of the file.
            return CoverRefusals.Damaged;
        }
    }

    static bool IsFit(int side) => side is >= CoverLimits.MinSide and <= CoverLimits.MaxSide;
}
