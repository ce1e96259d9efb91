namespace LibraryPortal.Domain;

/// <summary>Why something was not done, as a value: shown word for word on the page, in the API and in mail.</summary>
/// <param name="Kind">What sort of refusal it is; the API maps it to a status code.</param>
/// <param name="Message">One or two plain sentences: what was wrong, what was expected, when it ends.</param>
/// <param name="Rule">The rule that refused, in kebab case, for clients; null for plain bad input.</param>
/// <param name="EarliestAt">When it would be allowed; null when time alone does not help.</param>
/// <param name="Number">The limit of the rule, such as 5 open requests; null when it has none.</param>
/// <param name="MayOverride">True when the librarian who is told may do it all the same, with a reason.</param>
public sealed record Refusal(
    RefusalKind Kind, string Message, string? Rule = null, DateTimeOffset? EarliestAt = null, int? Number = null, bool MayOverride = false)
{
    /// <summary>Other rules that stand in the way beside the one of <see cref="Message"/>, each a sentence.</summary>
    public IReadOnlyList<string> Others { get; init; } = [];

    /// <summary>Every rule in the way, the one to be told first in front.</summary>
    public IReadOnlyList<string> Sentences => [Message, .. Others];
}

/// <summary>The closed set of refusals.</summary>
public enum RefusalKind
{
    /// <summary>The input is not usable as it is.</summary>
    Invalid,

    /// <summary>It does not exist, or the caller may not know that it does.</summary>
    NotFound,

    /// <summary>The caller may not do this.</summary>
    Forbidden,

    /// <summary>The state of things does not allow it.</summary>
    Conflict,

    /// <summary>A limit is reached.</summary>
    LimitReached,

    /// <summary>It was there once and is no longer kept.</summary>
    Gone,
}
