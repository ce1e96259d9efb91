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
}
