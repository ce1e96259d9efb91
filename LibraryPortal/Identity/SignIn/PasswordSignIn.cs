using LibraryPortal.Data;
using Microsoft.AspNetCore.Identity;

namespace LibraryPortal.Identity.SignIn;

/// <summary>Signs in by user name or e-mail address and password, for the page and the API. An account that does not exist behaves in every way like one
/// whose password was wrong: same words, same work, same lock.</summary>
internal sealed class PasswordSignIn(
    UserManager<PortalUser> users, SignInManager<PortalUser> signIn, IPasswordHasher<PortalUser> hasher, PhantomLocks phantoms)
{
    static readonly PortalUser Nobody = new();
    static string? _nobodysHash;

    /// <summary>Sets the cookie when the password is right and no second factor is asked for.</summary>
    public async Task<SignInResult> SignInAsync(string login, string password, bool isPersistent)
    {
        var (_, result) = await AttemptAsync(login, password, user => signIn.PasswordSignInAsync(user, password, isPersistent, lockoutOnFailure: true));
        return result;
    }

    /// <summary>Only checks; the user is there when the password is right. A second factor is left to the caller.</summary>
    public Task<(PortalUser? User, SignInResult Result)> CheckAsync(string login, string password) =>
        AttemptAsync(login, password, user => signIn.CheckPasswordSignInAsync(user, password, lockoutOnFailure: true));

    async Task<(PortalUser? User, SignInResult Result)> AttemptAsync(string login, string password, Func<PortalUser, Task<SignInResult>> attempt)
    {
        var user = await users.FindByLoginAsync(login);
        if (user is null)
            return (null, RefuseNobody(login, password));

        var result = await attempt(user);
        // The framework says "not confirmed" before it looks at the password, which would tell a stranger that the account exists.
        if (result.IsNotAllowed && !await users.CheckPasswordAsync(user, password))
        {
            await users.AccessFailedAsync(user);
            result = await users.IsLockedOutAsync(user) ? SignInResult.LockedOut : SignInResult.Failed;
        }

        return (result.Succeeded || result.RequiresTwoFactor ? user : null, result);
    }

    SignInResult RefuseNobody(string login, string password)
    {
        if (phantoms.IsLocked(login))
            return SignInResult.LockedOut;
        _nobodysHash ??= hasher.HashPassword(Nobody, Guid.NewGuid().ToString());
        hasher.VerifyHashedPassword(Nobody, _nobodysHash, password);
        return phantoms.CountFailure(login) ? SignInResult.LockedOut : SignInResult.Failed;
    }
}
