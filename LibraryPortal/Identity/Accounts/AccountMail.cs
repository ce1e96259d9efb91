using LibraryPortal.Data;
using LibraryPortal.Data.Outbox;
using LibraryPortal.Mail;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Identity.Accounts;

/// <summary>The framework's mails about accounts, as mails of the portal. Each carries a link that acts for the account, so none is kept after sending.</summary>
internal sealed class AccountMail(IDbContextFactory<PortalDbContext> databases, IMailQueue queue, OutboxSignal outbox) : IEmailSender<PortalUser>
{
    public Task SendConfirmationLinkAsync(PortalUser user, string email, string confirmationLink) => SendAsync(Confirmation(user, email, confirmationLink));

    public static MailDraft Confirmation(PortalUser user, string email, string link) => new()
    {
        To = email,
        UserId = user.Id,
        Subject = "Confirm your e-mail address",
        Kind = "account.confirm-email",
        Why = "this address was given for an account of the library",
        IsSensitive = true,
        Paragraphs = [$"Hello {Name(user)},", "please confirm that this address is yours. It is where the library writes to you, and where a forgotten password is reset."],
        Action = new MailAction("Confirm the address", link),
        Closing = ["If you did not ask for this, do nothing: without the link nothing changes."],
    };

    public static MailDraft Invitation(PortalUser user, string email, string link) => new()
    {
        To = email,
        UserId = user.Id,
        Subject = "Your account at the library",
        Kind = "account.invitation",
        Why = "the library made an account for you",
        IsSensitive = true,
        Paragraphs = [$"Hello {Name(user)},", "the library has made an account for you. Choose a password, and you can look up books, ask for them and renew your loans from home. The link works once, for one day."],
        Action = new MailAction("Choose a password", link),
        Closing = ["Later, ask for a new link with “Forgot your password?” on the sign-in page; this address is your sign-in name."],
    };

    public Task SendPasswordResetLinkAsync(PortalUser user, string email, string resetLink) => SendAsync(new MailDraft
    {
        To = email,
        UserId = user.Id,
        Subject = "Reset your password",
        Kind = "account.reset-password",
        Why = "someone asked to reset the password of your account",
        IsSensitive = true,
        Paragraphs = [$"Hello {Name(user)},", $"choose a new password for your account '{user.UserName}' with this link. It works once, for one day."],
        Action = new MailAction("Choose a new password", resetLink),
        Closing = ["If you did not ask for this, do nothing: your password stays as it is."],
    });

    public Task SendPasswordResetCodeAsync(PortalUser user, string email, string resetCode) => SendAsync(new MailDraft
    {
        To = email,
        UserId = user.Id,
        Subject = "Your code to reset the password",
        Kind = "account.reset-password",
        Why = "someone asked to reset the password of your account",
        IsSensitive = true,
        Paragraphs = [$"Hello {Name(user)},", "this code lets you choose a new password. It works once, for one day.", resetCode],
        Closing = ["If you did not ask for this, do nothing: your password stays as it is."],
    });

    async Task SendAsync(MailDraft draft)
    {
        await using var database = await databases.CreateDbContextAsync();
        await queue.AddAsync(database, draft);
        await database.SaveChangesAsync();
        outbox.Notify();
    }

    static string Name(PortalUser user) => user.DisplayName is { Length: > 0 } name ? name : user.UserName ?? "reader";
}
