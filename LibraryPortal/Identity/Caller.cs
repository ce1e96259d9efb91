using System.Security.Claims;

namespace LibraryPortal.Identity;

/// <summary>Who asks a use case for something. Use cases authorise by it, never by what a page shows.</summary>
/// <param name="UserId">The account.</param>
/// <param name="IsLibrarian">May act for the library. True for an admin too.</param>
/// <param name="IsAdmin">May run the portal.</param>
public sealed record Caller(string UserId, bool IsLibrarian, bool IsAdmin)
{
    /// <summary>Whoever works at the machine itself, without an account.</summary>
    public static Caller Operator { get; } = new("operator", IsLibrarian: true, IsAdmin: true);

    /// <exception cref="InvalidOperationException">Nobody is signed in.</exception>
    public static Caller From(ClaimsPrincipal user)
    {
        var id = user.FindFirstValue(ClaimTypes.NameIdentifier) ?? throw new InvalidOperationException("Nobody is signed in.");
        var isAdmin = user.IsInRole(Roles.Admin);
        return new Caller(id, isAdmin || user.IsInRole(Roles.Librarian), isAdmin);
    }

    /// <summary>True for the account itself and for the library's staff.</summary>
    public bool MaySee(string ownerId) => IsLibrarian || string.Equals(UserId, ownerId, StringComparison.Ordinal);
}
