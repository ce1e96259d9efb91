using System.Net.Mail;
using Microsoft.Extensions.Options;

namespace LibraryPortal.Mail;

/// <summary>Refuses mail settings that cannot work, naming the setting, what it is and what was expected.</summary>
internal sealed class MailOptionsCheck : IValidateOptions<MailOptions>
{
    public ValidateOptionsResult Validate(string? name, MailOptions options)
    {
        var wrong = Wrong(options).ToList();
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }

    static IEnumerable<string> Wrong(MailOptions options)
    {
        if (options.KeepDays is < 1 or > 3650)
            yield return $"Mail:KeepDays is {options.KeepDays}; expected 1 to 3650.";
        var smtp = options.Smtp;
        if (string.IsNullOrWhiteSpace(smtp.Host))
            yield break;

        if (smtp.Port == 465)
            yield return "Mail:Smtp:Port is 465, where servers expect encryption from the first byte, which is not supported; use 587 with Mail:Smtp:Tls=StartTls.";
        else if (smtp.Port is < 1 or > 65535)
            yield return $"Mail:Smtp:Port is {smtp.Port}; expected 1 to 65535, usually 587.";
        if (string.IsNullOrWhiteSpace(smtp.From) || !MailAddress.TryCreate(smtp.From, out _))
            yield return $"Mail:Smtp:From is '{smtp.From}'; expected the sender's address, such as library@example.org.";
        if (!string.IsNullOrEmpty(smtp.User) && string.IsNullOrEmpty(smtp.Password))
            yield return "Mail:Smtp:User is set but Mail:Smtp:Password is not; expected both or neither.";
        if (!string.IsNullOrEmpty(smtp.User) && smtp.Tls == SmtpTls.None)
            yield return "Mail:Smtp:Tls is None, which would send the password readable by anyone; expected StartTls when Mail:Smtp:User is set.";
        if (smtp.TimeoutSeconds is < 1 or > 600)
            yield return $"Mail:Smtp:TimeoutSeconds is {smtp.TimeoutSeconds}; expected 1 to 600.";
    }
}
