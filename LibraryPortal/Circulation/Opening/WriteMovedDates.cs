using LibraryPortal.Circulation.Nightly;
using LibraryPortal.Data;
using LibraryPortal.Data.Outbox;
using LibraryPortal.Domain.Notices;
using LibraryPortal.Mail;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Circulation.Opening;

/// <summary>
/// Writes to each reader whose dates were moved, once for all of them: what their notices say. It finds whom by what was told since the last such mail, so a round
/// that is cut short and one that runs beside it neither forget nor repeat a date.
/// </summary>
internal sealed class WriteMovedDates(
    IDbContextFactory<PortalDbContext> databases, IMailQueue mails, PublicLinks links, OutboxSignal outbox, TimeProvider clock)
{
    /// <summary>The sort of the mail.</summary>
    public const string Kind = "dates.moved";

    /// <summary>The occasions of the notices it gathers.</summary>
    public const string Due = "due-moved", Collect = "collect-moved";

    // A round that was cut short is tried again within a day.
    static readonly TimeSpan Reach = TimeSpan.FromDays(2);

    // The page has the rest.
    const int Most = 50;

    // Earlier versions wrote a mail for each date.
    static readonly string[] Written = [Kind, "loan.due-moved", "request.collect-moved"];

    public async Task RunAsync(FailedRows failed, CancellationToken cancellationToken)
    {
        List<string> readers;
        await using (var database = await databases.CreateDbContextAsync(cancellationToken))
            readers = await Unwritten(database).Select(notice => notice.UserId).Distinct().ToListAsync(cancellationToken);
        foreach (var reader in readers)
            await failed.TryAsync($"The mail about moved dates of {reader}", () => WriteAsync(reader, cancellationToken), cancellationToken);
        if (readers.Count > 0)
            outbox.Notify();
    }

    async Task<bool> WriteAsync(string reader, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await database.Database.BeginTransactionAsync(System.Data.IsolationLevel.Serializable, cancellationToken);
        var told = await Unwritten(database).Where(notice => notice.UserId == reader).OrderBy(notice => notice.CreatedAt).ThenBy(notice => notice.Id)
            .Select(notice => new { notice.Text, notice.Link }).ToListAsync(cancellationToken);
        if (told.Count == 0)
            return false;
        var isAboutLoans = told.Exists(notice => notice.Link == "/me/loans");
        await mails.AddAsync(database, new MailDraft
        {
            To = (await database.Users.Where(user => user.Id == reader).Select(user => user.Email).SingleAsync(cancellationToken))!,
            UserId = reader,
            Subject = told.Count == 1 ? "The date of a book was moved" : $"The dates of {told.Count} books were moved",
            Kind = Kind,
            Why = "the library moved dates it had given you",
            Paragraphs = [.. told.Take(Most).Select(notice => notice.Text), .. told.Count > Most ? [$"And {told.Count - Most} more."] : Array.Empty<string>()],
            Action = isAboutLoans ? new MailAction("Open My loans", links.To("/me/loans")) : new MailAction("Open My requests", links.To("/me/requests")),
        });
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    IQueryable<Notice> Unwritten(PortalDbContext database)
    {
        var since = clock.GetUtcNow() - Reach;
        return database.Notices.AsNoTracking().Where(notice => notice.CreatedAt >= since
            && (notice.Occasion.Contains($":{Due}:") || notice.Occasion.Contains($":{Collect}:"))
            && database.Users.Any(user => user.Id == notice.UserId && user.Email != null && user.Email != "")
            && !database.Mail.Any(mail => mail.UserId == notice.UserId && Written.Contains(mail.Kind) && mail.CreatedAt >= notice.CreatedAt));
    }
}
