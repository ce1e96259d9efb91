namespace LibraryPortal.Identity.Demo;

/// <summary>The accounts for a first look. They exist in Development only, and their passwords are no secret.</summary>
internal static class DemoAccounts
{
    public static IReadOnlyList<DemoAccount> All { get; } =
    [
        new("reader", "reader-demo", Roles.Patron, "Rita Reader"),
        new("librarian", "librarian-demo", Roles.Librarian, "Leo Librarian"),
        new("admin", "admin-demo", Roles.Admin, "Ada Admin"),
    ];
}

internal sealed record DemoAccount(string UserName, string Password, string Role, string DisplayName)
{
    public string Email => $"{UserName}@example.org";
}
