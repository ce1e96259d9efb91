namespace LibraryPortal.Identity;

/// <summary>Keeps a return address inside the portal: one that leads elsewhere would lend our name to a stranger's page.</summary>
public static class LocalAddress
{
    /// <summary>The address when it is a path of this portal, else the home page.</summary>
    public static string OrHome(string? address) => IsLocal(address) ? address! : "/";

    /// <summary>A path that begins with one slash. Browsers read <c>//host</c>, <c>/\host</c> and control characters in between as another host.</summary>
    public static bool IsLocal(string? address) =>
        address is ['/', ..] && address is not ['/', '/' or '\\', ..] && !address.Any(char.IsControl);
}
