using LibraryPortal.Domain;
using LibraryPortal.Identity;

namespace LibraryPortal.Features.Requests;

/// <summary>Refusals that several changes share.</summary>
internal static class RequestRefusals
{
    public static Refusal NotFound { get; } = new(RefusalKind.NotFound, "There is no such request.", "unknown-request");

    /// <summary>Null for the library's staff.</summary>
    public static Refusal? UnlessStaff(Caller caller) =>
        caller.IsLibrarian ? null : new Refusal(RefusalKind.Forbidden, "Only a librarian can do this.", "staff-only");
}
