using System.Globalization;
using System.Text;
using LibraryPortal.Data.Mail;

namespace LibraryPortal.Mail.Transports;

/// <summary>Writes each mail as a file that a person and a mail program can read; used when no mail server is set.</summary>
/// <param name="directory">Made when it is not there, readable by the portal's own account only: mails carry links that sign in.</param>
internal sealed class FileTransport(string directory) : IMailTransport
{
    public async Task SendAsync(MailMessage mail, CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(directory);
        else
            Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        // The name is the mail's: sending twice writes one file.
        var name = string.Create(CultureInfo.InvariantCulture, $"{mail.CreatedAt:yyyyMMdd-HHmmss}-{mail.Kind}-{mail.Id:N}.eml");
        var draft = Path.Combine(directory, $".{name}.draft");
        await File.WriteAllTextAsync(draft, Compose(mail), cancellationToken);
        File.Move(draft, Path.Combine(directory, name), overwrite: true);
    }

    static string Compose(MailMessage mail)
    {
        var boundary = $"part-{mail.Id:N}";
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            From: LibraryPortal <library@localhost>
            To: {mail.To}
            Subject: {Encode(mail.Subject)}
            Date: {mail.CreatedAt:ddd, dd MMM yyyy HH:mm:ss} +0000
            Message-ID: {MessageId(mail)}
            MIME-Version: 1.0
            Content-Type: multipart/alternative; boundary="{boundary}"

            --{boundary}
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: 8bit

            {mail.TextBody}
            --{boundary}
            Content-Type: text/html; charset=utf-8
            Content-Transfer-Encoding: 8bit

            {mail.HtmlBody}
            --{boundary}--

            """);
        return text.ToString().ReplaceLineEndings("\r\n");
    }

    /// <summary>The same for every try, so that a receiver can tell a repeated mail.</summary>
    public static string MessageId(MailMessage mail) => $"<{mail.Id:N}@libraryportal>";

    static string Encode(string subject) =>
        Ascii.IsValid(subject) ? subject : $"=?utf-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(subject))}?=";
}
