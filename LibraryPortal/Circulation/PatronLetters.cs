using LibraryPortal.Data;
using LibraryPortal.Mail;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Circulation;

/// <summary>Writes to patrons what their notices say. The mail leads to a page that asks for a login.</summary>
internal sealed class PatronLetters(IMailQueue mails, PublicLinks links)
{
    /// <summary>Adds the mails to the context; accounts without an address get none.</summary>
    public async Task AddAsync(PortalDbContext database, IReadOnlyList<PatronLetter> letters, CancellationToken cancellationToken)
    {
        foreach (var letter in letters)
        {
            var address = await database.Users.Where(user => user.Id == letter.PatronId).Select(user => user.Email).FirstOrDefaultAsync(cancellationToken);
            if (address is not { Length: > 0 })
                continue;
            await mails.AddAsync(database, new MailDraft
            {
                To = address,
                UserId = letter.PatronId,
                Subject = letter.Subject,
                Kind = letter.Kind,
                Occasion = letter.Occasion,
                Why = letter.Why,
                Paragraphs = [letter.Text],
                Action = new MailAction(letter.Page.Label, links.To(letter.Page.Path)),
            });
        }
    }
}
