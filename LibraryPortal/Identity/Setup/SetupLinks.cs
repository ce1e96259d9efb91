using System.Security.Cryptography;
using System.Text;
using LibraryPortal.Data;
using LibraryPortal.Data.Accounts;
using LibraryPortal.Domain;
using LibraryPortal.Identity.Accounts;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace LibraryPortal.Identity.Setup;

/// <summary>The one-time links that make the first admin. A link is good once, for <see cref="AccountOptions.SetupLinkHours"/>, and only while there is no admin.</summary>
internal sealed class SetupLinks(PortalDbContext database, RegisterAccount accounts, IOptions<AccountOptions> options, TimeProvider clock)
{
    static readonly Refusal NotGood = new(RefusalKind.NotFound,
        "This setup link is not good any more: it was used, it is too old, or there is an admin already. While there is none, each start of the portal prints a new link to its log.");

    /// <returns>The token of a new link; null when there is an admin already.</returns>
    public async Task<string?> CreateAsync(CancellationToken cancellationToken)
    {
        if (await database.CountAdminsAsync(cancellationToken) > 0)
            return null;
        var now = clock.GetUtcNow();
        await database.Set<SetupLink>().Where(link => link.ExpiresAt <= now).ExecuteDeleteAsync(cancellationToken);
        var token = WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32));
        database.Add(new SetupLink { Id = Guid.CreateVersion7(now), TokenHash = Hash(token), ExpiresAt = now.AddHours(options.Value.SetupLinkHours) });
        await database.SaveChangesAsync(cancellationToken);
        return token;
    }

    public async Task<bool> IsGoodAsync(string? token)
    {
        if (string.IsNullOrEmpty(token) || await database.CountAdminsAsync() > 0)
            return false;
        var (hash, now) = (Hash(token), clock.GetUtcNow());
        return await database.Set<SetupLink>().AnyAsync(link => link.TokenHash == hash && link.ExpiresAt > now);
    }

    /// <summary>Makes the first admin and takes every setup link away, in one transaction: of two who use the link at once, one wins. A refused account leaves the link good.</summary>
    public async Task<Outcome<PortalUser>> RedeemAsync(string? token, Registration registration)
    {
        await using var transaction = await database.Database.BeginTransactionAsync();
        if (!await IsGoodAsync(token))
            return NotGood;
        var admin = await accounts.MakeAsync(registration, Roles.Admin);
        if (!admin.IsAllowed)
            return admin;
        await database.Set<SetupLink>().ExecuteDeleteAsync();
        await transaction.CommitAsync();
        return admin;
    }

    static string Hash(string token) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
