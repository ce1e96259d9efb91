using System.Text.Json;
using LibraryPortal.Data;
using Microsoft.AspNetCore.Identity;

namespace LibraryPortal.Identity.Accounts;

/// <summary>What the portal keeps about an account, for its owner to take away. Secrets (password hash, keys of the second factor) stay here.</summary>
internal sealed class PersonalData(UserManager<PortalUser> users)
{
    static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <returns>JSON as UTF-8.</returns>
    public async Task<byte[]> ReadAsync(PortalUser user)
    {
        var passkeys = await users.GetPasskeysAsync(user);
        return JsonSerializer.SerializeToUtf8Bytes(new
        {
            user.UserName,
            user.DisplayName,
            user.Email,
            user.EmailConfirmed,
            user.PhoneNumber,
            user.CreatedAt,
            Roles = await users.GetRolesAsync(user),
            user.TwoFactorEnabled,
            Passkeys = passkeys.Select(passkey => new { passkey.Name, passkey.CreatedAt }),
        }, Readable);
    }
}
