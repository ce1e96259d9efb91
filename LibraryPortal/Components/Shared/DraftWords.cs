namespace LibraryPortal.Components.Shared;

/// <summary>What a form says when somebody else changed meanwhile what one is typing at.</summary>
internal static class DraftWords
{
    const string Kept = "Someone else changed this meanwhile. What you typed is still here; save again to keep it.";

    /// <param name="contests">Of each field, <see cref="DraftField{T}.Contest"/>.</param>
    public static string Say(params IEnumerable<string?> contests)
    {
        var stored = contests.OfType<string>().ToList();
        return stored.Count == 0 ? Kept : $"{Kept} Stored now: {string.Join(", ", stored)}.";
    }
}
