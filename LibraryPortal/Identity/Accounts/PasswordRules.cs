using LibraryPortal.Data;
using Microsoft.AspNetCore.Identity;

namespace LibraryPortal.Identity.Accounts;

/// <summary>Refuses the passwords that are tried first: the account's own names, and the most common ones. No rules of composition: they make passwords worse.</summary>
internal sealed class PasswordRules : IPasswordValidator<PortalUser>
{
    public const int MinLength = 8;

    /// <summary>Longer input only costs time to hash.</summary>
    public const int MaxLength = 256;

    public Task<IdentityResult> ValidateAsync(UserManager<PortalUser> manager, PortalUser user, string? password) =>
        Task.FromResult(Refuse(user, password ?? "") is { } reason
            ? IdentityResult.Failed(new IdentityError { Code = "PasswordTooWeak", Description = reason })
            : IdentityResult.Success);

    static string? Refuse(PortalUser user, string password)
    {
        if (password.Length > MaxLength)
            return $"The password is too long: use at most {MaxLength} characters.";
        if (Equal(password, user.UserName) || Equal(password, user.Email) || Equal(password, user.Email?.Split('@')[0]))
            return "The password must not be your user name or e-mail address.";
        if (password.Length > 0 && password.Distinct().Count() == 1)
            return "The password must not be one character repeated.";
        return CommonPasswords.Contains(password) ? "This password is among the first that are guessed. Choose another one." : null;
    }

    static bool Equal(string password, string? name) => string.Equals(password, name, StringComparison.OrdinalIgnoreCase);
}
