namespace LibraryPortal.Identity;

/// <summary>The authorization policies pages and endpoints name.</summary>
public static class Policies
{
    /// <summary>A librarian or an admin.</summary>
    public const string Staff = "Staff";

    /// <summary>An admin.</summary>
    public const string Admin = "Admin";
}
