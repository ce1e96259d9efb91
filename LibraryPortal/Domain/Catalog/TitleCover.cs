using System.Diagnostics.CodeAnalysis;

namespace LibraryPortal.Domain.Catalog;

/// <summary>A picture of a title's cover, uploaded by a librarian. A title without one has a drawn cover.</summary>
public sealed class TitleCover
{
    TitleCover() { }

    public TitleCover(int titleId, CoverImage image, string uploadedBy, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(image);
        TitleId = titleId;
        Replace(image, uploadedBy, at);
    }

    public int TitleId { get; private set; }

    /// <summary>The name of its file: what the picture is, so that the same picture is kept once and never changes under its address.</summary>
    public string File { get; private set; } = "";

    /// <summary>In pixels.</summary>
    public int Width { get; private set; }

    /// <summary>In pixels.</summary>
    public int Height { get; private set; }

    /// <summary>The account that uploaded it.</summary>
    public string UploadedBy { get; private set; } = "";

    public DateTimeOffset UploadedAt { get; private set; }

    /// <summary>Where browsers find the picture; null for a title without one.</summary>
    [return: NotNullIfNotNull(nameof(file))]
    public static string? AddressOf(string? file) => file is null ? null : $"/covers/{file}";

    public void Replace(CoverImage image, string uploadedBy, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(image);
        (File, Width, Height, UploadedBy, UploadedAt) = (image.File, image.Width, image.Height, uploadedBy, at);
    }
}

/// <summary>A picture that was checked and kept.</summary>
/// <param name="File">Its hash and the ending of its format.</param>
public sealed record CoverImage(string File, int Width, int Height);
