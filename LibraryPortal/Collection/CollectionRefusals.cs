using LibraryPortal.Domain;

namespace LibraryPortal.Collection;

/// <summary>Refusals that several use cases share; those of the circulation are used where they fit.</summary>
internal static class CollectionRefusals
{
    public static Refusal NoCopy { get; } = new(RefusalKind.NotFound, "There is no such copy.", "unknown-copy");

    public static Refusal ChangedMeanwhile { get; } = new(RefusalKind.Conflict,
        "Somebody else has corrected this title meanwhile. Reload the page to see what they wrote, and repeat your correction if it is still needed.", "changed-meanwhile");
}
