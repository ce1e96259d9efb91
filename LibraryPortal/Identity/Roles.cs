namespace LibraryPortal.Identity;

/// <summary>The roles. Everyone who registers is a patron; the others are given by an admin.</summary>
public static class Roles
{
    public const string Patron = "Patron";
    public const string Librarian = "Librarian";
    public const string Admin = "Admin";

    public static IReadOnlyList<string> All { get; } = [Patron, Librarian, Admin];

    /// <summary>The role meant by a word of a client, whatever its case; <c>user</c>, the tutorial's word, is a patron. Null for any other word.</summary>
    public static string? Find(string word)
    {
        var name = word.Trim();
        return string.Equals(name, "user", StringComparison.OrdinalIgnoreCase)
            ? Patron
            : All.FirstOrDefault(role => string.Equals(role, name, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The sentence for a word that is no role.</summary>
    internal static string Unknown(string word) => $"'{word}' is not a role. The roles are {string.Join(", ", All)}.";
}
