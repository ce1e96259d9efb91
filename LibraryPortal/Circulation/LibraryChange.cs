using LibraryPortal.Data;
using LibraryPortal.Data.Audit;
using LibraryPortal.Domain.Audit;
using LibraryPortal.Domain.Calendar;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Domain.Loans;
using LibraryPortal.Domain.Notices;
using LibraryPortal.Domain.Patrons;
using LibraryPortal.Domain.Requests;
using LibraryPortal.Domain.Rules;
using LibraryPortal.Identity;

namespace LibraryPortal.Circulation;

/// <summary>One change in the making: the database inside its transaction, the moment and the calendar it counts from, and what people are to be told.</summary>
internal sealed class LibraryChange(PortalDbContext database, Caller? caller, AuditActor actor, LibraryCalendar calendar, DateTimeOffset now)
{
    readonly RowDifference _differences = new();
    readonly List<PatronLetter> _letters = [];

    public PortalDbContext Database => database;

    /// <summary>Who the audit names.</summary>
    public AuditActor Actor => actor;

    /// <summary>The librarian who acts; null for a patron's own doing, and for the portal's.</summary>
    public string? StaffId(string? patronId) => caller is { IsLibrarian: true } && caller.UserId != patronId ? caller.UserId : null;

    public LibraryCalendar Calendar => calendar;

    public LibraryZone Zone => calendar.Zone;

    public LibraryRules Rules { get; } = new(calendar);

    public DateTimeOffset Now => now;

    public DateOnly Today => Zone.DateAt(now);

    public IReadOnlyList<PatronLetter> Letters => _letters;

    /// <summary>Who the caller is to this patron's things.</summary>
    public RuleActor ActorFor(string? patronId) =>
        caller is null ? RuleActor.Librarian
        : caller.UserId == patronId ? RuleActor.Owner
        : caller.IsLibrarian ? RuleActor.Librarian : RuleActor.Stranger;

    /// <summary>To whom a refusal about this patron is said.</summary>
    public RuleListener ListenerFor(string? patronId) => ActorFor(patronId) == RuleActor.Librarian ? RuleListener.Librarian : RuleListener.Patron;

    /// <summary>Records what was done to a request, with the values that changed since it was last recorded.</summary>
    public void Did(string action, BookRequest request, string? reason = null) =>
        Record(ActorOn(request.PatronId), action, AuditSubject.Request, request, request.Id.ToString(), $"{request.DisplayNumber} “{request.BookName}”", reason);

    /// <inheritdoc cref="Did(string, BookRequest, string?)"/>
    public void Did(string action, Loan loan, string bookName, string? reason = null) =>
        Record(ActorOn(loan.PatronId), action, AuditSubject.Loan, loan, loan.Id.ToString(), $"“{bookName}”", reason);

    /// <inheritdoc cref="Did(string, BookRequest, string?)"/>
    public void Did(string action, Copy copy, string? reason = null) => Record(ActorOn(null), action, AuditSubject.Copy, copy, copy.Id.ToString(), copy.Barcode, reason);

    /// <inheritdoc cref="Did(string, BookRequest, string?)"/>
    public void Did(string action, PatronProfile patron, string? reason = null) => Record(actor, action, AuditSubject.Patron, patron, patron.UserId, patron.Name, reason);

    /// <summary>Tells the reader of a request, in the same transaction; once per step, because its version grows with each.</summary>
    public void Tell(BookRequest request, string occasion, string text) =>
        Tell(request.PatronId, $"request:{request.Id}:{occasion}:{request.Version}", text, "/me/requests");

    /// <summary>Tells the reader of a loan, in the same transaction.</summary>
    public void Tell(Loan loan, string occasion, string text) => Tell(loan.PatronId, $"loan:{loan.Id}:{occasion}:{loan.Version}", text, "/me/loans");

    /// <summary>Tells the reader of a request, and writes to them.</summary>
    public void Write(BookRequest request, string occasion, string subject, string text)
    {
        Tell(request, occasion, text);
        if (request.PatronId is { } patron)
            _letters.Add(new PatronLetter(patron, $"request.{occasion}", $"request:{request.Id}", subject, text, "you asked the library for a book", ("Open My requests", "/me/requests")));
    }

    /// <summary>Tells the reader of a loan, and writes to them.</summary>
    public void Write(Loan loan, string occasion, string subject, string text)
    {
        Tell(loan, occasion, text);
        if (loan.PatronId is { } patron)
            _letters.Add(new PatronLetter(patron, $"loan.{occasion}", $"loan:{loan.Id}", subject, text, "you have a book of the library", ("Open My loans", "/me/loans")));
    }

    void Tell(string? patronId, string occasion, string text, string link)
    {
        if (patronId is null)
            return;
        database.Notices.Add(new Notice
        {
            Id = Guid.CreateVersion7(now),
            UserId = patronId,
            Kind = NoticeKind.RequestChanged,
            Occasion = occasion,
            Text = text,
            Link = link,
            CreatedAt = now,
        });
    }

    // What a reader's step does to copies and to others' requests is the portal's doing: a name there would tell what was read after it is forgotten.
    AuditActor ActorOn(string? ownerId) => caller is null or { IsLibrarian: true } || caller.UserId == ownerId ? actor : AuditActor.Portal;

    void Record(AuditActor by, string action, AuditSubject kind, object row, string id, string name, string? reason)
    {
        var (before, after) = _differences.Of(database.Entry(row));
        database.Record(by, action, kind, id, name, now, reason, before, after);
    }
}
