using System.Buffers.Binary;
using System.Text;
using LibraryPortal.Features.Catalog.Covers;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Features.Catalog.Covers;

/// <summary>Only pictures become covers, told by their content; what is not the picture is left out.</summary>
public sealed class CleanPictureTests
{
    [Fact]
    public void Jpeg_LosesNotesAndWhatIsBehind_KeepsItsOrientation()
    {
        var picture = TestLibrary.Allowed(CleanPicture.From([.. Pictures.Jpeg(200, 300, orientation: 6), .. "<script>alert(1)</script>"u8]));
        Assert.Equal((PictureFormat.Jpeg, 200, 300), (picture.Format, picture.Width, picture.Height));
        var text = Encoding.Latin1.GetString(picture.Bytes);
        Assert.DoesNotContain("Somewhere 51.5N", text, StringComparison.Ordinal);
        Assert.DoesNotContain("a comment", text, StringComparison.Ordinal);
        Assert.DoesNotContain("script", text, StringComparison.Ordinal);
        var exif = text.IndexOf("Exif\0\0", StringComparison.Ordinal);
        Assert.True(exif > 0);
        Assert.Equal((ushort)6, ExifOrientation.Read(picture.Bytes.AsSpan(exif + 6)));
        Assert.Equal(picture.Bytes, TestLibrary.Allowed(CleanPicture.From(picture.Bytes)).Bytes);
    }

    [Fact]
    public void Png_LosesTextsAndWhatIsBehind()
    {
        var picture = TestLibrary.Allowed(CleanPicture.From([.. Pictures.Png(120, 180), .. "PK hidden"u8]));
        Assert.Equal((PictureFormat.Png, 120, 180), (picture.Format, picture.Width, picture.Height));
        Assert.DoesNotContain("Somewhere", Encoding.Latin1.GetString(picture.Bytes), StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", Encoding.Latin1.GetString(picture.Bytes), StringComparison.Ordinal);
    }

    [Fact]
    public void WebP_LosesNotes()
    {
        var picture = TestLibrary.Allowed(CleanPicture.From(Pictures.WebP(100, 150)));
        Assert.Equal((PictureFormat.WebP, 100, 150), (picture.Format, picture.Width, picture.Height));
        Assert.DoesNotContain("Somewhere", Encoding.Latin1.GetString(picture.Bytes), StringComparison.Ordinal);
        Assert.Equal(picture.Bytes.Length - 8, BinaryPrimitives.ReadInt32LittleEndian(picture.Bytes.AsSpan(4)));
    }

    [Theory]
    [InlineData("GIF89a")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>")]
    [InlineData("")]
    [InlineData("MZ")]
    public void OtherContent_IsNoPicture(string content) =>
        TestLibrary.Refused(CleanPicture.From(Encoding.Latin1.GetBytes(content)), "cover-format");

    [Fact]
    public void PictureCutOff_IsDamagedAtEveryLength()
    {
        foreach (var whole in new[] { Pictures.Jpeg(200, 300), Pictures.Png(120, 180), Pictures.WebP(100, 150) })
        {
            for (var length = 0; length < whole.Length; length++)
                Assert.False(CleanPicture.From(whole.AsSpan(0, length)).IsAllowed, $"{length} of {whole.Length}");
        }
    }

    [Theory]
    [InlineData(10, 10)]
    [InlineData(60_000, 100)]
    [InlineData(100, 7000)]
    public void PictureTooSmallOrVast_IsRefused(int width, int height)
    {
        TestLibrary.Refused(CleanPicture.From(Pictures.Jpeg(width, height)), "cover-measures");
        TestLibrary.Refused(CleanPicture.From(Pictures.Png(width, height)), "cover-measures");
    }

    [Fact]
    public void MovingPicture_IsRefused()
    {
        TestLibrary.Refused(CleanPicture.From(Pictures.Png(120, 180, isMoving: true)), "cover-animated");
        TestLibrary.Refused(CleanPicture.From(Pictures.WebP(120, 180, isMoving: true)), "cover-animated");
    }
}
