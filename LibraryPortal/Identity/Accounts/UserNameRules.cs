using LibraryPortal.Data;
using Microsoft.AspNetCore.Identity;

namespace LibraryPortal.Identity.Accounts;

/// <summary>What a user name may look like: letters of any script, digits, and - . _ + in between. No @: that tells it from an e-mail address.</summary>
internal sealed class UserNameRules(IdentityErrorDescriber errors) : IUserValidator<PortalUser>
{
    public const int MinLength = 2;
    public const int MaxLength = 64;
    public const string Sentence = "A user name has 2 to 64 letters or digits; - . _ + may stand in between.";

    public Task<IdentityResult> ValidateAsync(UserManager<PortalUser> manager, PortalUser user) =>
        Task.FromResult(Allows(user.UserName) ? IdentityResult.Success : IdentityResult.Failed(errors.InvalidUserName(user.UserName)));

    public static bool Allows(string? name) =>
        name is { Length: >= MinLength and <= MaxLength }
        && char.IsLetterOrDigit(name[0]) && char.IsLetterOrDigit(name[^1])
        && name.All(character => char.IsLetterOrDigit(character) || character is '-' or '.' or '_' or '+');
}
