using LibraryPortal.Domain.Audit;

namespace LibraryPortal.Data.Audit;

/// <summary>Writes what was changed, in the transaction of the change.</summary>
public static class AuditTrail
{
    /// <param name="action">Subject and verb joined by a dot: <c>policy.changed</c>.</param>
    /// <param name="subjectId">The key of the changed row.</param>
    /// <param name="subjectName">What people call it.</param>
    /// <param name="before">The changed values before, as a JSON object; null when it is new.</param>
    /// <param name="after">The changed values after, as a JSON object; null when it is gone.</param>
    public static void Record(
        this PortalDbContext database, AuditActor actor, string action, AuditSubject kind, string subjectId, string subjectName, DateTimeOffset at,
        string? reason = null, string? before = null, string? after = null) => database.Audit.Add(new AuditEntry
        {
            At = at,
            ActorId = actor.Id,
            ActorName = Short(actor.Name),
            Action = action,
            SubjectKind = kind,
            SubjectId = subjectId,
            SubjectName = Short(subjectName),
            Reason = reason?.Trim() is { Length: > 0 } words ? words : null,
            Before = before,
            After = after,
        });

    static string Short(string name) => name.Length > AuditEntry.MaxName ? name[..(AuditEntry.MaxName - 1)] + "…" : name;
}
