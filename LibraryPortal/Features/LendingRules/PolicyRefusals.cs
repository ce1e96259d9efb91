using LibraryPortal.Domain;
using LibraryPortal.Identity;

namespace LibraryPortal.Features.LendingRules;

/// <summary>Refusals that several changes share.</summary>
internal static class PolicyRefusals
{
    public static Refusal ChangedMeanwhile { get; } = new(RefusalKind.Conflict,
        "Someone else changed this meanwhile. What is stored now is shown; repeat your change if it is still needed.", "changed-meanwhile");

    /// <summary>Null for an admin.</summary>
    public static Refusal? UnlessAdmin(Caller caller) =>
        caller.IsAdmin ? null : new Refusal(RefusalKind.Forbidden, "Only an admin changes the rules of the library.", "admin-only");
}
