using LibraryPortal.Domain;
using LibraryPortal.Identity;

namespace LibraryPortal.Collection;

/// <summary>Refusals that several use cases share.</summary>
internal static class CollectionRefusals
{
    public static Refusal NoTitle { get; } = new(RefusalKind.NotFound, "This title is not in the catalogue.", "unknown-title");

    public static Refusal NoCopy { get; } = new(RefusalKind.NotFound, "There is no such copy.", "unknown-copy");

    /// <summary>Null for the library's staff.</summary>
    public static Refusal? UnlessStaff(Caller caller) =>
        caller.IsLibrarian ? null : new Refusal(RefusalKind.Forbidden, "Only a librarian can do this.", "staff-only");
}
