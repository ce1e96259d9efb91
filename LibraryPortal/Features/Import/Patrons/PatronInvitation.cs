using LibraryPortal.Data;
using LibraryPortal.Identity;
using LibraryPortal.Mail;

namespace LibraryPortal.Features.Import.Patrons;

/// <summary>Tells a reader whose account came from a file how to choose a password. The mail carries no secret: the page it leads to sends one to the same address.</summary>
internal sealed class PatronInvitation(IMailQueue mails, PublicLinks links)
{
    /// <summary>Adds the mail to the context; it is sent once the context is saved.</summary>
    public async Task AddAsync(PortalDbContext database, PortalUser user, string card) => await mails.AddAsync(database, new MailDraft
    {
        To = user.Email!,
        UserId = user.Id,
        Subject = "Your account at the library",
        Kind = "account.invited",
        Why = "the library has made an account for you",
        Paragraphs = [$"Hello {user.DisplayName},", "the library has an account for you. To use it, choose a password: enter this address on the page below, and you get a link."],
        Action = new MailAction("Choose a password", links.To(AccountRoutes.ForgotPassword)),
        Facts = [new MailFact("Your card number", card), new MailFact("Your e-mail address here", user.Email!)],
        Closing = ["If you do not want an account, tell the library."],
    });
}
