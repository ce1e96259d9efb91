using LibraryPortal.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace LibraryPortal.Identity.Accounts;

/// <summary>Sets a new password with the code from a mail. Whoever has the mail owns the address, so it counts as confirmed and a lock for wrong passwords ends.</summary>
internal sealed class ResetPassword(UserManager<PortalUser> users, IOptions<AccountOptions> options, IdentityErrorDescriber errors, TimeProvider clock)
{
    public async Task<IdentityResult> RunAsync(string email, string code, string password)
    {
        // An address nobody has and a code that is not right are answered alike.
        if (await users.FindByEmailAsync(email.Trim()) is not { } user)
            return IdentityResult.Failed(errors.InvalidToken());
        var result = await users.ResetPasswordAsync(user, code, password);
        if (!result.Succeeded)
            return result;

        user.EmailConfirmed = true;
        user.AccessFailedCount = 0;
        // A longer lock was set by someone of the staff and stays.
        if (user.LockoutEnd <= clock.GetUtcNow().AddMinutes(options.Value.LockoutMinutes))
            user.LockoutEnd = null;
        return await users.UpdateAsync(user);
    }
}
