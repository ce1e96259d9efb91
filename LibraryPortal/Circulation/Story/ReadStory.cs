using LibraryPortal.Data;
using LibraryPortal.Data.Settings;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Audit;
using LibraryPortal.Identity;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Circulation.Story;

/// <summary>Tells what happened to a request, from asking to giving back, as sentences. For its reader and the staff.</summary>
internal sealed class ReadStory(IDbContextFactory<PortalDbContext> databases, CurrentCalendar calendar)
{
    /// <summary>The most sentences told; the latest.</summary>
    const int Most = 200;

    /// <summary>The sentences alone, the oldest first.</summary>
    public async Task<Outcome<IReadOnlyList<StoryLine>>> RunAsync(Caller caller, Guid requestId, CancellationToken cancellationToken = default)
    {
        var story = await FindAsync(caller, requestId, cancellationToken);
        return story.IsAllowed ? Outcomes.Of(story.Value.Lines) : story.Refusal;
    }

    /// <summary>The request with its sentences.</summary>
    public async Task<Outcome<RequestStory>> FindAsync(Caller caller, Guid requestId, CancellationToken cancellationToken = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var request = await database.Requests.AsNoTracking().SingleOrDefaultAsync(request => request.Id == requestId, cancellationToken);
        if (request is null || !(caller.IsLibrarian || request.PatronId == caller.UserId))
            return CirculationRefusals.NoRequest;
        var loans = await database.Loans.Where(loan => loan.RequestId == requestId).Select(loan => loan.Id).ToListAsync(cancellationToken);
        var (key, loanKeys) = (requestId.ToString(), loans.ConvertAll(id => id.ToString()));
        var entries = await database.Audit.AsNoTracking()
            .Where(entry => entry.SubjectKind == AuditSubject.Request && entry.SubjectId == key || entry.SubjectKind == AuditSubject.Loan && loanKeys.Contains(entry.SubjectId))
            .OrderByDescending(entry => entry.Id).Take(Most).ToListAsync(cancellationToken);
        entries.Reverse();
        var reader = request.PatronId == caller.UserId ? caller.UserId : null;
        return new RequestStory(request.Id, request.DisplayNumber, request.TitleId, request.BookName, request.State,
            [.. entries.Where(entry => !AuditSentence.IsEcho(entry)).Select(entry => new StoryLine(entry.At, AuditSentence.Of(entry, calendar.Zone, reader)))]);
    }
}
