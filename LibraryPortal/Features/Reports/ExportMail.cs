using System.Globalization;
using LibraryPortal.Data;
using LibraryPortal.Data.Settings;
using LibraryPortal.Mail;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.Reports;

/// <summary>Tells the owner of a finished export by mail. The mail carries a link that asks for a login, never the file.</summary>
internal sealed class ExportMail(IMailQueue mails, PublicLinks links, CurrentCalendar calendar)
{
    /// <summary>Adds the mail to the context; it is sent once the context is saved. An account without an address gets none.</summary>
    public async Task AddAsync(PortalDbContext database, Guid exportId, string fileName, long rows, DateTimeOffset expires, CancellationToken cancellationToken)
    {
        var owner = await (
            from export in database.ReportExports
            join user in database.Users on export.OwnerId equals user.Id
            where export.Id == exportId
            select new { user.Id, user.Email }).FirstOrDefaultAsync(cancellationToken);
        if (owner is not { Email.Length: > 0 })
            return;
        await mails.AddAsync(database, new MailDraft
        {
            To = owner.Email,
            UserId = owner.Id,
            Subject = "Your report is ready",
            Kind = "report.ready",
            Why = "you asked for a report",
            Paragraphs = ["The report of your requests is ready to download."],
            Action = new MailAction("Open My exports", links.To("/me/exports")),
            Facts = [new MailFact("File", fileName), new MailFact("Requests", rows.ToString("N0", CultureInfo.InvariantCulture)), new MailFact("Kept until", calendar.Zone.Say(expires))],
            Closing = ["You will be asked to sign in."],
        });
    }
}
