namespace LibraryPortal.Domain.Audit;

/// <summary>What a change was made to.</summary>
public enum AuditSubject
{
    Request,
    Loan,
    Copy,
    Title,
    Patron,
    Policy,
    Calendar,
    Settings,
    Import,
    Account,
    Job,
    Queue,
    Flow,
    Schedule,
    Limit,

    /// <summary>Something this version of the program does not know; a later one wrote it down. Never written.</summary>
    Other,
}
