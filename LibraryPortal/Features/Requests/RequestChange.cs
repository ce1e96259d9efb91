using LibraryPortal.Data;
using LibraryPortal.Domain.Loans;
using LibraryPortal.Domain.Notices;

namespace LibraryPortal.Features.Requests;

/// <summary>One change in the making: the database inside its transaction, the moment it counts from, and what people are to be told.</summary>
internal sealed class RequestChange(PortalDbContext database, LendingTerms terms, DateTimeOffset now)
{
    public PortalDbContext Database => database;

    public LendingTerms Terms => terms;

    public DateTimeOffset Now => now;

    /// <summary>Tells a patron, in the same transaction. Telling the same occasion twice is refused by the database, so name it once per change.</summary>
    public void Tell(string patronId, Guid requestId, string occasion, string text) => database.Notices.Add(new Notice
    {
        Id = Guid.CreateVersion7(now),
        UserId = patronId,
        Kind = NoticeKind.RequestChanged,
        Occasion = $"request:{requestId}:{occasion}",
        Text = text,
        Link = "/me/requests",
        CreatedAt = now,
    });
}
