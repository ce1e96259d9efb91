using LibraryPortal.Domain;

namespace LibraryPortal.Features.Reports;

/// <summary>Refusals that several use cases give in the same words.</summary>
internal static class ExportRefusals
{
    /// <summary>The same for an export of someone else and for one that never was, so that nobody learns which ids exist.</summary>
    public static Refusal NotFound { get; } = new(RefusalKind.NotFound, "There is no such export.", "export-unknown");

    public static Refusal FileGone { get; } = new(RefusalKind.Gone, "The file of this export is no longer kept. Run the export again to get a new one.", "export-expired");
}
