using LibraryPortal.Mail.Templates;
using LibraryPortal.Mail.Transports;
using Microsoft.Extensions.Options;

namespace LibraryPortal.Mail;

/// <summary>Registers the mail room: the queue for whoever writes, the transport for the job that sends.</summary>
public static class MailModule
{
    /// <param name="directory">Where mails are written while no mail server is set.</param>
    public static IServiceCollection AddPortalMail(this IServiceCollection services, string directory)
    {
        services.AddSingleton<IValidateOptions<MailOptions>, MailOptionsCheck>();
        services.AddOptions<MailOptions>().BindConfiguration(MailOptions.Section).ValidateOnStart();
        services.AddSingleton<PublicLinks>();
        services.AddSingleton<MailRenderer>();
        services.AddSingleton<IMailQueue, MailQueue>();
        services.AddSingleton<IMailTransport>(provider => string.IsNullOrWhiteSpace(provider.GetRequiredService<IOptions<MailOptions>>().Value.Smtp.Host)
            ? new FileTransport(directory)
            : ActivatorUtilities.CreateInstance<SmtpTransport>(provider));
        services.AddHostedService<MailCleaner>();
        return services;
    }
}
