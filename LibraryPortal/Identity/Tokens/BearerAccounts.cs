using System.Security.Claims;
using LibraryPortal.Data;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.JsonWebTokens;

namespace LibraryPortal.Identity.Tokens;

/// <summary>Looks up the account behind a valid token with every request: its stamp must still match, it must not be locked, and its roles are the present ones.</summary>
internal sealed class BearerAccounts(IDbContextFactory<PortalDbContext> databases, StampFingerprint fingerprint, TimeProvider clock) : ISignInCheck
{
    /// <returns>The account's identity, or one sentence that says why the token is not good any more.</returns>
    public Task<(ClaimsIdentity? Identity, string? Refusal)> ResolveAsync(ClaimsPrincipal token, CancellationToken cancellationToken) =>
        ResolveAsync(token.FindFirstValue(JwtRegisteredClaimNames.Sub), token.FindFirstValue(AccessTokenIssuer.StampClaim), cancellationToken);

    public async Task<bool> HoldsAsync(ClaimsPrincipal caller, CancellationToken cancellationToken) =>
        (await ResolveAsync(caller.FindFirstValue(ClaimTypes.NameIdentifier), caller.FindFirstValue(AccessTokenIssuer.StampClaim), cancellationToken)).Identity is not null;

    async Task<(ClaimsIdentity? Identity, string? Refusal)> ResolveAsync(string? id, string? stamp, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var account = await database.Users.AsNoTracking()
            .Where(user => user.Id == id)
            .Select(user => new
            {
                user.UserName,
                user.SecurityStamp,
                user.LockoutEnabled,
                user.LockoutEnd,
                Roles = (from membership in database.UserRoles
                         where membership.UserId == user.Id
                         join role in database.Roles on membership.RoleId equals role.Id
                         select role.Name).ToList(),
            })
            .SingleOrDefaultAsync(cancellationToken);

        if (account is null)
            return (null, "The account of this access token no longer exists.");
        if (!fingerprint.Matches(account.SecurityStamp, stamp))
            return (null, "The account has changed since this access token was given, for instance its password. Sign in again.");
        if (account.LockoutEnabled && account.LockoutEnd > clock.GetUtcNow())
            return (null, "The account is locked for now. Sign in again later.");

        var identity = new ClaimsIdentity(JwtBearerDefaults.AuthenticationScheme, ClaimTypes.Name, ClaimTypes.Role);
        identity.AddClaim(new Claim(ClaimTypes.NameIdentifier, id!));
        identity.AddClaim(new Claim(ClaimTypes.Name, account.UserName ?? ""));
        identity.AddClaim(new Claim(AccessTokenIssuer.StampClaim, stamp!));
        identity.AddClaims(account.Roles.Select(role => new Claim(ClaimTypes.Role, role!)));
        return (identity, null);
    }
}
