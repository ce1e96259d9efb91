namespace LibraryPortal.Identity.SignIn;

/// <summary>What a refused sign-in says, the same on the page and in the API, and the same whether or not there is such an account.</summary>
internal static class SignInWords
{
    public const string Wrong = "User name and password do not match.";
    public const string Locked = "Too many wrong passwords for this name: it is locked for a while. Try again later, or reset the password.";
    public const string NotConfirmed = "The e-mail address of this account is not confirmed yet: follow the link in the mail we sent.";
}
