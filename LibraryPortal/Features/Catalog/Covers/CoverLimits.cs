namespace LibraryPortal.Features.Catalog.Covers;

/// <summary>What a cover may be.</summary>
internal static class CoverLimits
{
    /// <summary>In bytes: 5 MB.</summary>
    public const int MaxBytes = 5 * 1024 * 1024;

    /// <summary>In pixels. Smaller ones cannot be recognised.</summary>
    public const int MinSide = 40;

    /// <summary>In pixels. A small file can unfold into a picture that fills a browser's memory.</summary>
    public const int MaxSide = 6_000;
}
