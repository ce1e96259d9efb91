namespace LibraryPortal.Identity.Accounts;

/// <summary>Passwords of eight characters and more that everyone tries first; shorter ones are refused for their length.</summary>
internal static class CommonPasswords
{
    static readonly HashSet<string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        "12345678", "123456789", "1234567890", "87654321", "0987654321", "11223344", "12341234", "123123123", "1q2w3e4r", "1q2w3e4r5t", "1qaz2wsx", "qazwsxedc",
        "qwertyui", "qwertyuiop", "qwerty12", "qwerty123", "qwerty1234", "asdfghjk", "asdfghjkl", "zxcvbnm1", "abcd1234", "abcdefgh", "abc12345", "a1b2c3d4",
        "password", "password1", "password12", "password123", "passw0rd", "p@ssword", "p@ssw0rd", "passwort", "passwort1", "passwort123", "motdepasse",
        "contraseña", "changeme", "changeme1", "changeme123", "letmein1", "letmein123", "welcome1", "welcome123", "iloveyou", "iloveyou1", "sunshine", "princess",
        "football", "baseball", "superman", "computer", "internet", "whatever", "trustno1", "starwars", "dragon123", "monkey123", "michelle", "jennifer",
        "administrator", "admin123", "admin1234", "librarian", "library1", "library123", "bücherei", "bibliothek", "bookworm", "testtest", "test1234", "secret123",
    };

    public static bool Contains(string password) => Known.Contains(password);
}
