namespace LibraryPortal.Identity;

/// <summary>Where the account pages are. A page may be given <c>?returnUrl=</c> with a local address.</summary>
public static class AccountRoutes
{
    public const string SignIn = "/account/sign-in";

    /// <summary>Takes a POST with an antiforgery token; <c>returnUrl</c> in the form is optional.</summary>
    public const string SignOut = "/account/sign-out";

    public const string Register = "/account/register";
    public const string TwoFactor = "/account/two-factor";
    public const string RecoveryCode = "/account/recovery-code";
    public const string ForgotPassword = "/account/forgot-password";
    public const string ResetPassword = "/account/reset-password";
    public const string ConfirmEmail = "/account/confirm-email";
    public const string ResendConfirmation = "/account/resend-confirmation";
    public const string ConfirmEmailChange = "/account/confirm-email-change";
    public const string Lockout = "/account/lockout";
    public const string AccessDenied = "/account/access-denied";

    /// <summary>The signed-in person's own account: profile, password, e-mail, second factor, passkeys, data.</summary>
    public const string Manage = "/account/manage";

    public const string ManagePassword = "/account/manage/password";
    public const string ManageEmail = "/account/manage/email";
    public const string ManageTwoFactor = "/account/manage/two-factor";
    public const string ManageAuthenticator = "/account/manage/authenticator";
    public const string ManageRecoveryCodes = "/account/manage/recovery-codes";
    public const string ManagePasskeys = "/account/manage/passkeys";
    public const string ManageData = "/account/manage/data";

    /// <summary>Takes a POST with an antiforgery token: answers everything the portal keeps about the caller, as JSON.</summary>
    public const string DataDownload = "/account/manage/data/download";

    public const string DeleteAccount = "/account/manage/data/delete";

    /// <summary>Takes a POST: answers what a browser needs to make a passkey.</summary>
    public const string PasskeyCreation = "/account/passkeys/creation-options";

    /// <summary>Takes a POST: answers what a browser needs to find a passkey.</summary>
    public const string PasskeyRequest = "/account/passkeys/request-options";

    /// <summary>Makes the first admin; answers only while there is none, and only with the token from the log.</summary>
    public const string Setup = "/setup";
}
