namespace LibraryPortal.Domain.Rules;

/// <summary>One rule that stands in the way, in words for the patron it is about and for the librarian who may set it aside.</summary>
/// <param name="Rule">One of <see cref="RuleCode"/>.</param>
/// <param name="ToPatron">Speaks to the patron: "You have 5 open requests ...".</param>
/// <param name="ToLibrarian">Speaks about the patron: "Ada Reader has 5 open requests ...".</param>
public sealed record RuleBreak(RefusalKind Kind, string Rule, string ToPatron, string ToLibrarian)
{
    public RuleBreak(RefusalKind kind, string rule, string toBoth) : this(kind, rule, toBoth, toBoth) { }

    /// <summary>The limit of the rule, such as 5 open requests; null when it has none.</summary>
    public int? Number { get; init; }

    /// <summary>From when on the rule will allow it; null when time alone does not help.</summary>
    public DateTimeOffset? EarliestAt { get; init; }

    /// <summary>True when a librarian may set the rule aside with a reason; false for what would contradict the facts.</summary>
    public bool MayOverride { get; init; }

    public Refusal For(RuleListener listener) =>
        new(Kind, listener == RuleListener.Patron ? ToPatron : ToLibrarian, Rule, EarliestAt, Number);
}
