namespace LibraryPortal.Domain.Audit;

/// <summary>One change: who made it, when, why, and what was before and after. Written in the transaction of the change, never altered, except that names are forgotten.</summary>
public sealed class AuditEntry
{
    /// <summary>The longest action, in characters.</summary>
    public const int MaxAction = 60;

    /// <summary>The longest reason, in characters.</summary>
    public const int MaxReason = 500;

    /// <summary>The longest name of an actor or a subject, in characters.</summary>
    public const int MaxName = 300;

    /// <summary>Grows in the order of writing.</summary>
    public long Id { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The account; null for the portal itself, and once the name is forgotten.</summary>
    public string? ActorId { get; set; }

    public required string ActorName { get; set; }

    /// <summary>What was done, as subject and verb joined by a dot: <c>request.approved</c>.</summary>
    public required string Action { get; init; }

    public required AuditSubject SubjectKind { get; init; }

    /// <summary>The key of the changed row as text.</summary>
    public required string SubjectId { get; init; }

    /// <summary>What people call it: <c>R-000042 “Emma”</c>. Never the name of a patron whose request or loan it is.</summary>
    public required string SubjectName { get; init; }

    /// <summary>Why, in the words of who did it; also the reason of an override.</summary>
    public string? Reason { get; init; }

    /// <summary>The changed values before, as a JSON object; null when it is new. Never the name of a patron whose request or loan it is.</summary>
    public string? Before { get; init; }

    /// <summary>The changed values after, as a JSON object; null when it is gone.</summary>
    public string? After { get; init; }
}
