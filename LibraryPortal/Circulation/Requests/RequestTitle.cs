using LibraryPortal.Domain;
using LibraryPortal.Domain.Requests;
using LibraryPortal.Identity;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Circulation.Requests;

/// <summary>A patron asks for a title of the catalogue, or a librarian on a patron's behalf.</summary>
internal sealed class RequestTitle(ChangeLibrary library)
{
    public Task<Outcome<PlacedRequest>> RunAsync(Caller caller, int titleId, RequestWish? wish = null, CancellationToken cancellationToken = default) =>
        library.RunAsync(caller, async change =>
        {
            var title = await change.Database.Titles.SingleOrDefaultAsync(title => title.Id == titleId, cancellationToken);
            return title is null ? CirculationRefusals.NoTitle : await PlaceRequest.RunAsync(change, caller, RequestedBook.Of(title), wish, cancellationToken);
        }, cancellationToken);
}
