namespace LibraryPortal.Identity.Limits;

/// <summary>The names of the limits on requests, for <c>RequireRateLimiting</c> and <c>[EnableRateLimiting]</c>. How many: <see cref="RateLimitOptions"/>.</summary>
public static class RateLimits
{
    /// <summary>Trying passwords, codes and passkeys; counted per client address. Looking at the page is free.</summary>
    public const string SignIn = "sign-in";

    /// <summary>Asking for a passkey; as many as <see cref="SignIn"/> and counted apart, because the sign-in page asks by itself when it is opened.</summary>
    public const string PasskeyRequest = "passkey-request";

    /// <summary>Making accounts; counted per client address.</summary>
    public const string Registration = "registration";

    /// <summary>Asking for mails with links; counted per client address.</summary>
    public const string PasswordReset = "password-reset";

    /// <summary>Any call of the API; counted per account, or per client address without one.</summary>
    public const string Api = "api";
}
