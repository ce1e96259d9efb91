using LibraryPortal.Data;
using LibraryPortal.Data.Mail;
using LibraryPortal.Jobs;
using LibraryPortal.Mail.Transports;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Mail;

/// <summary>Send this mail.</summary>
internal sealed record SendMail(Guid MailId) : IJobArgs;

/// <summary>Hands one mail to the transport and records what became of it. A mail recorded as sent is not sent again, however often the job runs;
/// an outage of the server is a retry.</summary>
/// <remarks>A worker that dies between the server's word and the record of it leaves the mail to be sent a second time, under the same Message-ID, by which many
/// servers drop the second.</remarks>
[Job("mail.send", Queue = "mail", MaxAttempts = Attempts, BackoffSeconds = 15, MaxBackoffSeconds = 3_600)]
internal sealed class SendMailJob(IDbContextFactory<PortalDbContext> databases, IMailTransport transport, TimeProvider clock) : IJobHandler<SendMail>
{
    /// <summary>With the rests in between, about six hours of trying.</summary>
    const int Attempts = 14;

    public async Task RunAsync(SendMail args, JobContext job)
    {
        await using var database = await databases.CreateDbContextAsync(job.CancellationToken);
        var mail = await database.Mail.SingleOrDefaultAsync(row => row.Id == args.MailId, job.CancellationToken)
            ?? throw new JobFailedException("The mail was deleted before it was sent.");
        if (mail.State == MailState.Sent)
            return;

        mail.Attempts++;
        try
        {
            await transport.SendAsync(mail, job.CancellationToken);
        }
        catch (Exception error) when (!job.CancellationToken.IsCancellationRequested)
        {
            mail.Error = error.Message;
            mail.State = error is JobFailedException || job.Attempt >= Attempts ? MailState.Failed : MailState.Queued;
            await database.SaveChangesAsync(CancellationToken.None);
            throw;
        }

        mail.State = MailState.Sent;
        mail.SentAt = clock.GetUtcNow();
        mail.Error = null;
        if (mail.IsSensitive)
            mail.TextBody = mail.HtmlBody = "";
        // It has left: what is recorded now must not depend on whether anyone still waits for the job.
        await database.SaveChangesAsync(CancellationToken.None);
    }
}
