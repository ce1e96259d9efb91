using LibraryPortal.Data;
using Microsoft.AspNetCore.Identity;

namespace LibraryPortal.Identity.SignIn;

/// <summary>Finds an account by what a person types: the user name or the e-mail address. A user name has no @, so the two cannot be mistaken.</summary>
internal static class FindAccount
{
    public static async Task<PortalUser?> FindByLoginAsync(this UserManager<PortalUser> users, string login)
    {
        var typed = login.Trim();
        return typed.Contains('@', StringComparison.Ordinal) ? await users.FindByEmailAsync(typed) : await users.FindByNameAsync(typed);
    }
}
