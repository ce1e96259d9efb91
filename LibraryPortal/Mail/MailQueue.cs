using LibraryPortal.Data;
using LibraryPortal.Data.Mail;
using LibraryPortal.Data.Outbox;
using LibraryPortal.Jobs;
using LibraryPortal.Mail.Templates;

namespace LibraryPortal.Mail;

/// <inheritdoc cref="IMailQueue"/>
internal sealed class MailQueue(IJobClient jobs, MailRenderer renderer, TimeProvider clock) : IMailQueue
{
    public async Task<Guid> AddAsync(PortalDbContext database, MailDraft draft)
    {
        MailHeaders.Check(draft.To, draft.Subject);
        var now = clock.GetUtcNow();
        var mail = new MailMessage
        {
            Id = Guid.CreateVersion7(now),
            UserId = draft.UserId,
            To = draft.To,
            Subject = draft.Subject,
            TextBody = PlainText.Of(draft),
            HtmlBody = await renderer.RenderAsync(draft),
            Kind = draft.Kind,
            Why = draft.Why,
            Occasion = draft.Occasion,
            IsSensitive = draft.IsSensitive,
            CreatedAt = now,
        };
        database.Add(mail);
        database.EnqueueOnSave(jobs.Prepare(new SendMail(mail.Id), job =>
        {
            if (draft.UserId is not null)
                job.Owner(draft.UserId);
        }));
        return mail.Id;
    }
}
