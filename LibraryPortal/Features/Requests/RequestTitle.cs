using LibraryPortal.Domain;
using LibraryPortal.Domain.Requests;
using LibraryPortal.Identity;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.Requests;

/// <summary>A patron asks for a title of the catalogue.</summary>
internal sealed class RequestTitle(ChangeRequests changes)
{
    public Task<Outcome<PlacedRequest>> RunAsync(Caller caller, int titleId, CancellationToken cancellationToken = default) =>
        changes.RunAsync(async change =>
        {
            var title = await change.Database.Titles.Include(title => title.Copies).SingleOrDefaultAsync(title => title.Id == titleId, cancellationToken);
            if (title is null)
                return new Refusal(RefusalKind.NotFound, "This title is not in the catalogue.", "unknown-title");
            return await PlaceRequest.RunAsync(change, caller.UserId, RequestedBook.Of(title), cancellationToken);
        }, cancellationToken);
}
