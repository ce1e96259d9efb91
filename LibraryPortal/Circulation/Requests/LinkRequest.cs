using LibraryPortal.Circulation.Facts;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Requests;
using LibraryPortal.Domain.Rules;
using LibraryPortal.Identity;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Circulation.Requests;

/// <summary>A librarian says which title of the catalogue a request by name means.</summary>
internal sealed class LinkRequest(ChangeRequest requests)
{
    public Task<Outcome<RequestAnswer>> RunAsync(Caller caller, Guid requestId, int titleId, CancellationToken cancellationToken = default) =>
        requests.AsStaffAsync<RequestAnswer>(caller, requestId, async (change, request) =>
        {
            var title = await change.Database.Titles.SingleOrDefaultAsync(title => title.Id == titleId, cancellationToken);
            if (title is null)
                return new Refusal(RefusalKind.NotFound, $"There is no title number {titleId} in the catalogue.", "unknown-title");
            var same = await change.Database.Requests.AsNoTracking().FirstOrDefaultAsync(
                other => other.PatronId == request.PatronId && other.TitleId == titleId && RequestStates.Active.Contains(other.State), cancellationToken);
            if (await LoadPatron.RunAsync(change, request.PatronId, cancellationToken) is not { } patron)
                return CirculationRefusals.NoPatron;
            var facts = await LoadTitle.RunAsync(change.Database, titleId, request.PatronId, change.Now, cancellationToken, request.Id);
            if (!change.Rules.Link(LoadRequest.Of(request), patron, facts!).Allows(RuleListener.Librarian, out var lent))
                return lent;
            var asked = request.BookName;
            if (request.LinkTo(RequestedBook.Of(title), same).Refusal is { } refusal)
                return refusal;
            change.Did("request.linked", request);
            return new RequestAnswer(request.State, $"{request.DisplayNumber} (“{asked}”) is now for “{title.Name}”.");
        }, cancellationToken);
}
