namespace LibraryPortal.Mail;

/// <summary>Settings under <c>Mail</c>.</summary>
public sealed class MailOptions
{
    public const string Section = "Mail";

    /// <summary>The mail server. Without a host, mails are written to <c>DataDirectory/mail</c>.</summary>
    public SmtpOptions Smtp { get; set; } = new();

    /// <summary>Days the record of a sent mail is kept. Default: 90.</summary>
    public int KeepDays { get; set; } = 90;
}

/// <summary>Settings under <c>Mail:Smtp</c>.</summary>
public sealed class SmtpOptions
{
    /// <summary>The server's name. Default: none.</summary>
    public string? Host { get; set; }

    /// <summary>Default: 587.</summary>
    public int Port { get; set; } = 587;

    /// <summary>Name to sign in with. Default: none, no signing in.</summary>
    public string? User { get; set; }

    public string? Password { get; set; }

    /// <summary>The sender, such as <c>library@example.org</c> or <c>Town Library &lt;library@example.org&gt;</c>.</summary>
    public string? From { get; set; }

    /// <summary>Default: <see cref="SmtpTls.StartTls"/>.</summary>
    public SmtpTls Tls { get; set; } = SmtpTls.StartTls;

    /// <summary>How long one mail may take, in seconds. Default: 30.</summary>
    public int TimeoutSeconds { get; set; } = 30;
}

/// <summary>How the connection to the mail server is protected.</summary>
public enum SmtpTls
{
    /// <summary>Not at all: only for a server on the same machine.</summary>
    None,

    /// <summary>Encrypted after the greeting; a server that cannot is an error.</summary>
    StartTls,
}
