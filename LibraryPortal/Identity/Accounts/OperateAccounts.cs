using LibraryPortal.Data;
using LibraryPortal.Domain;
using LibraryPortal.Identity.SignIn;
using Microsoft.AspNetCore.Identity;

namespace LibraryPortal.Identity.Accounts;

/// <summary>What whoever runs the machine may do with accounts: the way back in for a forgotten admin.</summary>
internal sealed class OperateAccounts(UserManager<PortalUser> users, RegisterAccount accounts, ChangeRole roles)
{
    public Task<Outcome<PortalUser>> CreateAdminAsync(string userName, string email, string password) =>
        accounts.MakeAsync(new Registration(userName, email, password), Roles.Admin);

    /// <summary>Also ends any lock, and by the changed stamp every session and access token.</summary>
    public async Task<Outcome<PortalUser>> SetPasswordAsync(string login, string password)
    {
        if (await users.FindByLoginAsync(login) is not { } user)
            return Unknown(login);
        var result = await users.ResetPasswordAsync(user, await users.GeneratePasswordResetTokenAsync(user), password);
        if (!result.Succeeded)
            return result.ToRefusal();
        await users.ResetAccessFailedCountAsync(user);
        result = await users.SetLockoutEndDateAsync(user, null);
        return result.Succeeded ? user : result.ToRefusal();
    }

    public async Task<Outcome<string>> SetRoleAsync(string login, string role) =>
        await users.FindByLoginAsync(login) is { } user ? await roles.RunAsync(Caller.Operator, user.Id, role) : Unknown(login);

    static Refusal Unknown(string login) => new(RefusalKind.NotFound, $"There is no account '{login}'.");
}
