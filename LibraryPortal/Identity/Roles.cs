namespace LibraryPortal.Identity;

/// <summary>The roles. Everyone who registers is a patron; the others are given by an admin.</summary>
public static class Roles
{
    public const string Patron = "Patron";
    public const string Librarian = "Librarian";
    public const string Admin = "Admin";

    public static IReadOnlyList<string> All { get; } = [Patron, Librarian, Admin];
}
