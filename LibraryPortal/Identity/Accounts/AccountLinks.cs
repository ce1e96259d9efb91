using System.Text;
using LibraryPortal.Data;
using LibraryPortal.Mail;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;

namespace LibraryPortal.Identity.Accounts;

/// <summary>Makes the links that go out by mail and sends them. Their address is the portal's own, never the Host header a stranger sent.</summary>
internal sealed class AccountLinks(UserManager<PortalUser> users, IEmailSender<PortalUser> mail, IMailQueue queue, PublicLinks links)
{
    public async Task SendConfirmationAsync(PortalUser user) =>
        await mail.SendConfirmationLinkAsync(user, user.Email!, await ConfirmationAsync(user));

    /// <summary>Adds the mail to a change that is not saved yet; save it and wake the relay.</summary>
    public async Task AddConfirmationAsync(PortalDbContext database, PortalUser user) =>
        await queue.AddAsync(database, AccountMail.Confirmation(user, user.Email!, await ConfirmationAsync(user)));

    /// <summary>Adds the mail that invites the holder of a new account to choose a password, to a change that is not saved yet; save it and wake the relay.</summary>
    public async Task AddInvitationAsync(PortalDbContext database, PortalUser user)
    {
        var code = Encode(await users.GeneratePasswordResetTokenAsync(user));
        await queue.AddAsync(database, AccountMail.Invitation(user, user.Email!, links.To(AccountRoutes.ResetPassword, ("code", code))));
    }

    public async Task SendEmailChangeAsync(PortalUser user, string newEmail)
    {
        var code = Encode(await users.GenerateChangeEmailTokenAsync(user, newEmail));
        await mail.SendConfirmationLinkAsync(user, newEmail, links.To(AccountRoutes.ConfirmEmailChange, ("userId", user.Id), ("email", newEmail), ("code", code)));
    }

    public async Task SendPasswordResetAsync(PortalUser user)
    {
        var code = Encode(await users.GeneratePasswordResetTokenAsync(user));
        await mail.SendPasswordResetLinkAsync(user, user.Email!, links.To(AccountRoutes.ResetPassword, ("code", code)));
    }

    /// <summary>The code in a link as the framework made it; null when it is not one.</summary>
    public static string? Decode(string? code)
    {
        try
        {
            return code is null ? null : Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(code));
        }
        catch (FormatException)
        {
            return null;
        }
    }

    async Task<string> ConfirmationAsync(PortalUser user) =>
        links.To(AccountRoutes.ConfirmEmail, ("userId", user.Id), ("code", Encode(await users.GenerateEmailConfirmationTokenAsync(user))));

    static string Encode(string code) => WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(code));
}
