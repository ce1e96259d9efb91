using LibraryPortal.Domain;
using LibraryPortal.Identity;

namespace LibraryPortal.Features.Import;

/// <summary>What several use cases of imports refuse in the same words.</summary>
internal static class ImportRefusals
{
    public static Refusal NotFound { get; } = new(RefusalKind.NotFound, "There is no such import.", "import-unknown");

    public static Refusal? UnlessStaff(Caller caller) =>
        caller.IsLibrarian ? null : new Refusal(RefusalKind.Forbidden, "Only librarians bring data into the library.", "staff-only");

    /// <param name="why">Goes on from the name of the file, without a full stop.</param>
    public static Refusal File(string name, string why) => new(RefusalKind.Invalid, $"{name} {why}. Nothing was changed.", "import-file");
}
