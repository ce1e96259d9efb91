using System.Security.Claims;
using LibraryPortal.Api;
using LibraryPortal.Data;
using LibraryPortal.Identity.Accounts;
using LibraryPortal.Identity.Limits;
using LibraryPortal.Identity.SignIn;
using LibraryPortal.Identity.Tokens;
using Microsoft.AspNetCore.Identity;

namespace LibraryPortal.Identity;

/// <summary>Registering and signing in over the API.</summary>
internal static class AccountApi
{
    // An e-mail address, which may stand for the user name, has at most so many characters.
    const int LongestName = 254;

    public static void MapAccountApi(this IEndpointRouteBuilder endpoints)
    {
        var accounts = endpoints.MapApiGroup("Accounts");
        accounts.MapPost("/register", RegisterAsync)
            .AllowAnonymous()
            .RequireRateLimiting(RateLimits.Registration)
            .WithSummary("Make an account")
            .WithDescription("The new account is a patron. `role` counts only when an admin's token comes with the request.")
            .Produces<RegisterReply>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status409Conflict);
        accounts.MapPost("/login", LoginAsync)
            .AllowAnonymous()
            .RequireRateLimiting(RateLimits.SignIn)
            .WithSummary("Get an access token")
            .WithDescription("`username` may be the user name or the e-mail address. `two_factor_code` is needed for an account with a second factor: the code its app shows.")
            .Produces<LoginReply>()
            .ProducesProblem(StatusCodes.Status400BadRequest);
        accounts.MapGet("/account", ReadAsync)
            .WithSummary("Who the access token belongs to")
            .Produces<AccountReply>();
    }

    static async Task<IResult> RegisterAsync(RegisterRequest request, HttpContext context, RegisterAccount register)
    {
        var caller = context.User.Identity?.IsAuthenticated == true ? Caller.From(context.User) : null;
        var account = await register.RunAsync(new Registration(request.Username, request.Email, request.Password, request.Role), caller);
        return account.ToHttp(user => TypedResults.Created((string?)null, new RegisterReply($"The account '{user.UserName}' was made. Sign in with POST /api/login.")));
    }

    static async Task<IResult> LoginAsync(
        LoginRequest request, HttpContext context, PasswordSignIn signIn, UserManager<PortalUser> users, LoginThrottle throttle, AccessTokenIssuer tokens, TimeProvider clock)
    {
        if (string.IsNullOrWhiteSpace(request.Username) || string.IsNullOrEmpty(request.Password))
            return ApiProblem.Create(StatusCodes.Status400BadRequest, "Send 'username' and 'password'.");
        // What no account can have is wrong, and never becomes a key of the throttle or costs a hash.
        if (request.Username.Length > LongestName || request.Password.Length > PasswordRules.MaxLength)
            return RefuseSignIn(context, SignInResult.Failed);
        if (throttle.Enter(request.Username, ClientAddress.Of(context)) is { } rest)
            return RejectedRequest.Answer(context, clock, rest);

        var (user, result) = await signIn.CheckAsync(request.Username, request.Password);
        if (user is null)
            return RefuseSignIn(context, result);
        if (await users.GetTwoFactorEnabledAsync(user) && await SecondFactor(users, user, request.TwoFactorCode) is { } refusal)
            return refusal;
        var token = tokens.Issue(user);
        return TypedResults.Ok(new LoginReply(token.Value, "Bearer", (int)token.Lifetime.TotalSeconds));
    }

    static async Task<IResult> ReadAsync(ClaimsPrincipal caller, UserManager<PortalUser> users) =>
        await users.GetUserAsync(caller) is { } user
            ? TypedResults.Ok(new AccountReply(user.UserName, user.Email, (await users.GetRolesAsync(user)).FirstOrDefault() ?? Roles.Patron))
            : TypedResults.NotFound();

    static IResult RefuseSignIn(HttpContext context, SignInResult result)
    {
        context.Response.Headers.WWWAuthenticate = BearerChallenge.Realm;
        return ApiProblem.Create(StatusCodes.Status401Unauthorized, result switch
        {
            { IsLockedOut: true } => SignInWords.Locked,
            { IsNotAllowed: true } => SignInWords.NotConfirmed,
            _ => SignInWords.Wrong,
        });
    }

    static async Task<IResult?> SecondFactor(UserManager<PortalUser> users, PortalUser user, string? code)
    {
        if (string.IsNullOrWhiteSpace(code))
        {
            return ApiProblem.Create(StatusCodes.Status401Unauthorized, "This account has a second factor: send the code its app shows as 'two_factor_code'.",
                new Dictionary<string, object?>(StringComparer.Ordinal) { ["rule"] = "two-factor" });
        }

        var digits = code.Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);
        if (await users.VerifyTwoFactorTokenAsync(user, users.Options.Tokens.AuthenticatorTokenProvider, digits))
        {
            await users.ResetAccessFailedCountAsync(user);
            return null;
        }

        await users.AccessFailedAsync(user);
        return ApiProblem.Create(StatusCodes.Status401Unauthorized, "The code of the second factor is not right.");
    }
}
