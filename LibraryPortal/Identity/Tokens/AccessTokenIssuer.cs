using System.Security.Claims;
using LibraryPortal.Data;
using LibraryPortal.Identity.Keys;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace LibraryPortal.Identity.Tokens;

/// <summary>Makes the access tokens of the API. A token says who; what the account may do is read anew with every request.</summary>
internal sealed class AccessTokenIssuer(JwtSigningKey key, StampFingerprint fingerprint, IOptions<AccountOptions> options, TimeProvider clock)
{
    public const string Issuer = "LibraryPortal";
    public const string Audience = "LibraryPortal.Api";

    /// <summary>The claim that ties a token to the account's security stamp.</summary>
    public const string StampClaim = "stamp";

    static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };

    public AccessToken Issue(PortalUser user)
    {
        var now = clock.GetUtcNow();
        var lifetime = TimeSpan.FromHours(options.Value.TokenHours);
        var token = Handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = Audience,
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime,
            Expires = (now + lifetime).UtcDateTime,
            Subject = new ClaimsIdentity(
            [
                new Claim(JwtRegisteredClaimNames.Sub, user.Id),
                new Claim(JwtRegisteredClaimNames.Name, user.UserName ?? ""),
                new Claim(JwtRegisteredClaimNames.Jti, Guid.NewGuid().ToString("N")),
                new Claim(StampClaim, fingerprint.Of(user.SecurityStamp)),
            ]),
            SigningCredentials = new SigningCredentials(key.Key, SecurityAlgorithms.HmacSha256),
        });
        return new AccessToken(token, lifetime);
    }
}

/// <param name="Lifetime">From now.</param>
internal sealed record AccessToken(string Value, TimeSpan Lifetime);
