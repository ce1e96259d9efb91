using Microsoft.AspNetCore.Identity;

namespace LibraryPortal.Identity.Accounts;

/// <summary>The framework's refusals in the portal's words.</summary>
internal sealed class PlainIdentityErrors : IdentityErrorDescriber
{
    public override IdentityError DuplicateUserName(string userName) => Say(nameof(DuplicateUserName), $"The user name '{userName}' is taken. Choose another one.");

    public override IdentityError DuplicateEmail(string email) =>
        Say(nameof(DuplicateEmail), $"There is an account with the e-mail address '{email}' already. Sign in, or reset its password.");

    public override IdentityError InvalidEmail(string? email) => Say(nameof(InvalidEmail), $"'{email}' is not an e-mail address.");

    public override IdentityError InvalidUserName(string? userName) => Say(nameof(InvalidUserName), UserNameRules.Sentence);

    public override IdentityError PasswordTooShort(int length) => Say(nameof(PasswordTooShort), $"The password is too short: use {length} characters or more. A few words in a row are good.");

    public override IdentityError PasswordMismatch() => Say(nameof(PasswordMismatch), "The present password is not right.");

    public override IdentityError InvalidToken() => Say(nameof(InvalidToken), "This link was used before or is too old. Ask for a new one.");

    public override IdentityError ConcurrencyFailure() => Say(nameof(ConcurrencyFailure), "The account was changed elsewhere in the meantime. Try again.");

    public override IdentityError RecoveryCodeRedemptionFailed() => Say(nameof(RecoveryCodeRedemptionFailed), "This recovery code is not right or was used before.");

    static IdentityError Say(string code, string sentence) => new() { Code = code, Description = sentence };
}
