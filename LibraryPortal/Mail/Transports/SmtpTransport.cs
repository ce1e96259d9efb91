using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Text;
using LibraryPortal.Jobs;
using Microsoft.Extensions.Options;
using MailMessage = LibraryPortal.Data.Mail.MailMessage;

namespace LibraryPortal.Mail.Transports;

/// <summary>Hands mails to an SMTP server, one connection per mail.</summary>
internal sealed class SmtpTransport(IOptions<MailOptions> options, TimeProvider clock) : IMailTransport
{
    // Refused for good: no such mailbox, or not to be written to. Everything else may pass.
    static readonly HashSet<SmtpStatusCode> Final =
        [SmtpStatusCode.MailboxUnavailable, SmtpStatusCode.MailboxNameNotAllowed, SmtpStatusCode.UserNotLocalTryAlternatePath];

    public async Task SendAsync(MailMessage mail, CancellationToken cancellationToken)
    {
        var smtp = options.Value.Smtp;
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(smtp.TimeoutSeconds), clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        using var client = new SmtpClient(smtp.Host, smtp.Port) { EnableSsl = smtp.Tls == SmtpTls.StartTls };
        if (!string.IsNullOrEmpty(smtp.User))
            client.Credentials = new NetworkCredential(smtp.User, smtp.Password);
        using var message = Compose(mail, smtp.From!);
        try
        {
            await client.SendMailAsync(message, either.Token);
        }
        catch (SmtpException error) when (Final.Contains(error.StatusCode))
        {
            throw new JobFailedException($"{smtp.Host} refused the address {mail.To}: {error.Message}", error);
        }
        catch (SmtpException error)
        {
            throw new InvalidOperationException($"{smtp.Host}:{smtp.Port} did not take the mail: {error.GetBaseException().Message}", error);
        }
        catch (OperationCanceledException error) when (timeout.IsCancellationRequested)
        {
            throw new TimeoutException($"{smtp.Host}:{smtp.Port} did not answer within {smtp.TimeoutSeconds} s.", error);
        }
    }

    static System.Net.Mail.MailMessage Compose(MailMessage mail, string from)
    {
        var message = new System.Net.Mail.MailMessage(new MailAddress(from), new MailAddress(mail.To))
        {
            Subject = mail.Subject,
            SubjectEncoding = Encoding.UTF8,
            BodyEncoding = Encoding.UTF8,
        };
        message.Headers.Add("Message-ID", FileTransport.MessageId(mail));
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.AlternateViews.Add(AlternateView.CreateAlternateViewFromString(mail.TextBody, Encoding.UTF8, MediaTypeNames.Text.Plain));
        message.AlternateViews.Add(AlternateView.CreateAlternateViewFromString(mail.HtmlBody, Encoding.UTF8, MediaTypeNames.Text.Html));
        return message;
    }
}
