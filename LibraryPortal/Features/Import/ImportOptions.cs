using LibraryPortal.Domain.Imports;

namespace LibraryPortal.Features.Import;

/// <summary>Limits on imports; the configuration section <c>Imports</c>.</summary>
public sealed class ImportOptions
{
    public const string Section = "Imports";

    /// <summary>The largest file that may be uploaded, in megabytes. Default: 512, which is about two million books.</summary>
    public int MaxMegabytes { get; set; } = 512;

    /// <summary>Days an uploaded file and what was found in it are kept after the import ended, or, if nothing was imported, after the upload. Default: 90.</summary>
    public int KeepDays { get; set; } = 90;

    /// <summary>The same for files of readers, who are named in them; never longer than <see cref="KeepDays"/>. Default: 7.</summary>
    public int KeepReaderDays { get; set; } = 7;

    internal TimeSpan KeepFor(ImportKind kind) => TimeSpan.FromDays(kind == ImportKind.Patrons ? Math.Min(KeepReaderDays, KeepDays) : KeepDays);

    internal long MaxBytes => MaxMegabytes * 1024L * 1024;
}
