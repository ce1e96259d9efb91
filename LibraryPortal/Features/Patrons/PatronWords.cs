using LibraryPortal.Circulation.Patrons;

namespace LibraryPortal.Features.Patrons;

/// <summary>Words and addresses of the list of readers.</summary>
internal static class PatronWords
{
    public static string Of(PatronGroup group) => group switch
    {
        PatronGroup.Active => "Members",
        PatronGroup.Blocked => "Blocked",
        PatronGroup.Overdue => "With overdue books",
        PatronGroup.Ended => "Former members",
    };

    public static string Href(string? words, string? category, PatronGroup group, int page)
    {
        List<string> parts = [];
        if (!string.IsNullOrEmpty(words))
            parts.Add($"q={Uri.EscapeDataString(words)}");
        if (!string.IsNullOrEmpty(category))
            parts.Add($"category={Uri.EscapeDataString(category)}");
        if (group != PatronGroup.Active)
            parts.Add($"show={group.ToString().ToLowerInvariant()}");
        if (page > 1)
            parts.Add($"page={page}");
        return parts.Count == 0 ? "/staff/patrons" : $"/staff/patrons?{string.Join('&', parts)}";
    }
}
