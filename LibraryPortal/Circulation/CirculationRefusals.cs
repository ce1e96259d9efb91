using LibraryPortal.Domain;
using LibraryPortal.Identity;

namespace LibraryPortal.Circulation;

/// <summary>Refusals that several changes share. All others are sentences of the rules.</summary>
internal static class CirculationRefusals
{
    public static Refusal NoRequest { get; } = new(RefusalKind.NotFound, "There is no such request.", "unknown-request");

    public static Refusal NoLoan { get; } = new(RefusalKind.NotFound, "There is no such loan.", "unknown-loan");

    public static Refusal NoPatron { get; } = new(RefusalKind.NotFound, "There is no such reader.", "unknown-patron");

    public static Refusal NoTitle { get; } = new(RefusalKind.NotFound, "This title is not in the catalogue.", "unknown-title");

    public static Refusal ChangedMeanwhile { get; } = new(RefusalKind.Conflict,
        "Someone else changed this at the same moment. Look again, and repeat it if it is still needed.", "changed-meanwhile");

    public static Refusal NoCopy(string? barcode) => string.IsNullOrWhiteSpace(barcode)
        ? new Refusal(RefusalKind.Invalid, "Scan or type the barcode of a copy.", "barcode-empty")
        : new Refusal(RefusalKind.NotFound, $"No copy has the barcode {Shown(barcode)}.", "unknown-copy");

    /// <summary>Null for the library's staff.</summary>
    public static Refusal? UnlessStaff(Caller caller) =>
        caller.IsLibrarian ? null : new Refusal(RefusalKind.Forbidden, "Only a librarian can do this.", "staff-only");

    static string Shown(string text) => text.Trim() is { Length: > 60 } words ? words[..60] + "…" : text.Trim();
}
