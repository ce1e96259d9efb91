namespace LibraryPortal.Features.Import;

/// <summary>Limits on imports; the configuration section <c>Imports</c>.</summary>
public sealed class ImportOptions
{
    public const string Section = "Imports";

    /// <summary>The largest file that may be uploaded, in megabytes. Default: 512, which is about two million books.</summary>
    public int MaxMegabytes { get; set; } = 512;

    /// <summary>Days an uploaded file and what was found in it are kept after the import ended. Default: 90.</summary>
    public int KeepDays { get; set; } = 90;

    internal long MaxBytes => MaxMegabytes * 1024L * 1024;
}
