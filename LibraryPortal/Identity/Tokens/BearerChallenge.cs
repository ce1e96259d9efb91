using LibraryPortal.Api;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.Tokens;

namespace LibraryPortal.Identity.Tokens;

/// <summary>The 401 of the API: says whether the token was missing, expired, forged or of an account that changed.</summary>
internal static class BearerChallenge
{
    /// <summary>How to sign in, for <c>WWW-Authenticate</c>.</summary>
    public const string Realm = "Bearer realm=\"LibraryPortal\"";

    public static async Task WriteAsync(JwtBearerChallengeContext context)
    {
        context.HandleResponse();
        if (context.Response.HasStarted)
            return;
        var (error, detail) = Explain(context.AuthenticateFailure);
        context.Response.Headers.WWWAuthenticate = error is null
            ? Realm
            : $"{Realm}, error=\"{error}\", error_description=\"{detail}\"";
        await ApiProblem.Create(StatusCodes.Status401Unauthorized, detail).ExecuteAsync(context.HttpContext);
    }

    static (string? Error, string Detail) Explain(Exception? failure) => failure switch
    {
        null => (null, "This needs an access token: POST /api/login gives one; send it as 'Authorization: Bearer TOKEN'."),
        SecurityTokenExpiredException => ("invalid_token", "The access token has expired. Sign in again for a new one."),
        AccountRefusedException refused => ("invalid_token", refused.Message),
        SecurityTokenInvalidSignatureException or SecurityTokenSignatureKeyNotFoundException or SecurityTokenInvalidAlgorithmException =>
            ("invalid_token", "The access token was not signed by this portal."),
        SecurityTokenMalformedException => ("invalid_token", "The access token cannot be read: it is not a token."),
        _ => ("invalid_token", "The access token was not made for this portal."),
    };
}
