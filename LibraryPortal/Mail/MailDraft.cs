namespace LibraryPortal.Mail;

/// <summary>What a mail says; its looks and its plain-text twin are made from it.</summary>
public sealed record MailDraft
{
    /// <summary>One address.</summary>
    public required string To { get; init; }

    /// <summary>One line.</summary>
    public required string Subject { get; init; }

    /// <summary>What sort of mail it is, for the record: lower-case words joined by dots, such as <c>report.ready</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Completes "You get this mail because": <c>you asked for a report</c>.</summary>
    public required string Why { get; init; }

    /// <summary>Plain text; nothing in it is taken as HTML.</summary>
    public required IReadOnlyList<string> Paragraphs { get; init; }

    /// <summary>What to do next, as a button.</summary>
    public MailAction? Action { get; init; }

    /// <summary>Short facts, each a label and a value.</summary>
    public IReadOnlyList<MailFact> Facts { get; init; } = [];

    /// <summary>Said small, below the button.</summary>
    public IReadOnlyList<string> Closing { get; init; } = [];

    /// <summary>The account it belongs to.</summary>
    public string? UserId { get; init; }

    /// <summary>What it is about, if that can be forgotten: <c>request:{id}</c>.</summary>
    public string? Occasion { get; init; }

    /// <summary>True when it carries a secret: its text is not kept after sending.</summary>
    public bool IsSensitive { get; init; }
}

/// <param name="Url">A full address; see <see cref="PublicLinks"/>.</param>
public sealed record MailAction(string Label, string Url);

/// <summary>One line of a mail's table of facts.</summary>
public sealed record MailFact(string Label, string Value);
