namespace LibraryPortal.Features.Catalog.Covers;

/// <summary>The formats of covers.</summary>
internal enum PictureFormat
{
    Jpeg,
    Png,
    WebP,
}

/// <summary>What the formats are called.</summary>
internal static class PictureFormats
{
    public static string Extension(this PictureFormat format) => format switch
    {
        PictureFormat.Jpeg => ".jpg",
        PictureFormat.Png => ".png",
        PictureFormat.WebP => ".webp",
    };

    /// <summary>The content type of a stored file; null for a name the portal gives no file.</summary>
    public static string? ContentTypeOf(string file) => Path.GetExtension(file) switch
    {
        ".jpg" => "image/jpeg",
        ".png" => "image/png",
        ".webp" => "image/webp",
        _ => null,
    };
}
