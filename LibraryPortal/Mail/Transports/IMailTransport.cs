using LibraryPortal.Data.Mail;

namespace LibraryPortal.Mail.Transports;

/// <summary>The way out for a mail.</summary>
internal interface IMailTransport
{
    /// <exception cref="Jobs.JobFailedException">The server refused this mail for good.</exception>
    Task SendAsync(MailMessage mail, CancellationToken cancellationToken);
}
