using System.Security.Claims;
using LibraryPortal.Identity.Keys;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace LibraryPortal.Identity.Tokens;

/// <summary>How an access token is read, and what a client without a good one is told.</summary>
internal sealed class BearerSetup(JwtSigningKey key, TimeProvider clock) : IConfigureNamedOptions<JwtBearerOptions>
{
    public void Configure(JwtBearerOptions options) => Configure(JwtBearerDefaults.AuthenticationScheme, options);

    public void Configure(string? name, JwtBearerOptions options)
    {
        options.MapInboundClaims = false;
        options.TokenHandlers.Clear();
        options.TokenHandlers.Add(new JsonWebTokenHandler { MapInboundClaims = false });
        options.TokenValidationParameters = new TokenValidationParameters
        {
            ValidIssuer = AccessTokenIssuer.Issuer,
            ValidAudience = AccessTokenIssuer.Audience,
            IssuerSigningKey = key.Key,
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            RequireExpirationTime = true,
            RequireSignedTokens = true,
            ClockSkew = TimeSpan.FromSeconds(5),
            LifetimeValidator = (notBefore, expires, _, parameters) => CheckLifetime(notBefore, expires, parameters.ClockSkew),
        };
        options.Events = new JwtBearerEvents
        {
            OnMessageReceived = ReadFromQueryOfAHub,
            OnTokenValidated = LoadAccountAsync,
            OnChallenge = BearerChallenge.WriteAsync,
        };
    }

    // The handler's own check reads the machine's clock.
    bool CheckLifetime(DateTime? notBefore, DateTime? expires, TimeSpan skew)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        if (expires is null || expires.Value + skew < now)
            throw new SecurityTokenExpiredException { Expires = expires ?? default };
        return notBefore is null || notBefore.Value - skew <= now;
    }

    // A browser's WebSocket cannot carry a header.
    static Task ReadFromQueryOfAHub(MessageReceivedContext context)
    {
        if (context.Request.Path.StartsWithSegments("/hubs", StringComparison.OrdinalIgnoreCase) && context.Request.Query["access_token"] is [{ Length: > 0 } token])
            context.Token = token;
        return Task.CompletedTask;
    }

    static async Task LoadAccountAsync(TokenValidatedContext context)
    {
        var accounts = context.HttpContext.RequestServices.GetRequiredService<BearerAccounts>();
        var (identity, refusal) = await accounts.ResolveAsync(context.Principal!, context.HttpContext.RequestAborted);
        if (identity is null)
            context.Fail(new AccountRefusedException(refusal!));
        else
            context.Principal = new ClaimsPrincipal(identity);
    }
}
