using LibraryPortal.Domain;
using LibraryPortal.Domain.Requests;
using LibraryPortal.Identity;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.Requests;

/// <summary>A librarian says which title of the catalogue a request by name means.</summary>
internal sealed class LinkRequest(StaffChange changes)
{
    public Task<Outcome<RequestAnswer>> RunAsync(Caller caller, Guid requestId, int titleId, CancellationToken cancellationToken = default) =>
        changes.RunAsync(caller, requestId, async (change, request) =>
        {
            var title = await change.Database.Titles.Include(title => title.Copies).SingleOrDefaultAsync(title => title.Id == titleId, cancellationToken);
            if (title is null)
                return new Refusal(RefusalKind.NotFound, $"There is no title number {titleId} in the catalogue.", "unknown-title");
            var book = RequestedBook.Of(title);
            if (!book.IsAllowed)
                return book.Refusal;
            var same = await change.Database.Requests.AsNoTracking().FirstOrDefaultAsync(
                other => other.PatronId == request.PatronId && other.TitleId == titleId && RequestStates.Active.Contains(other.State), cancellationToken);
            var asked = request.BookName;
            if (request.LinkTo(book.Value, same).Refusal is { } refusal)
                return refusal;
            return new RequestAnswer(request.State, $"{request.DisplayNumber} (“{asked}”) is now for “{title.Name}”.");
        }, cancellationToken);
}
