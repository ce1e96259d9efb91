namespace LibraryPortal.Data.Mail;

/// <summary>One mail to one person: written with the change it tells of, sent by a job, kept as the record of what was sent to whom and why.</summary>
public sealed class MailMessage
{
    public required Guid Id { get; init; }

    /// <summary>The account it belongs to; null when it went to someone without one.</summary>
    public string? UserId { get; init; }

    public required string To { get; init; }

    public required string Subject { get; init; }

    /// <summary>The plain text. Emptied after sending when the mail carries a secret.</summary>
    public required string TextBody { get; set; }

    /// <summary>The same as HTML. Emptied after sending when the mail carries a secret.</summary>
    public required string HtmlBody { get; set; }

    /// <summary>What sort of mail it is, lower-case words joined by dots, such as <c>account.reset-password</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Why it was sent, as the reader is told at its end.</summary>
    public required string Why { get; init; }

    /// <summary>What it is about, so that it can be forgotten together with that: <c>request:{id}</c>. Null: nothing that is ever forgotten.</summary>
    public string? Occasion { get; init; }

    /// <summary>Whether it carries a secret, such as a link that resets a password.</summary>
    public required bool IsSensitive { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public MailState State { get; set; }

    /// <summary>Tries to send it so far.</summary>
    public int Attempts { get; set; }

    public DateTimeOffset? SentAt { get; set; }

    /// <summary>What the last failed try said.</summary>
    public string? Error { get; set; }
}

/// <summary>Where a mail is on its way.</summary>
public enum MailState
{
    /// <summary>Waits to be sent, perhaps again.</summary>
    Queued,

    /// <summary>Handed over to the mail server, or written as a file.</summary>
    Sent,

    /// <summary>Given up; its job can be run again.</summary>
    Failed,
}
