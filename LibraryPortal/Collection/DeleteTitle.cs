using LibraryPortal.Circulation;
using LibraryPortal.Data.Audit;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Audit;
using LibraryPortal.Domain.Catalog.Records;
using LibraryPortal.Identity;
using LibraryPortal.Live;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Collection;

/// <summary>Deletes a title that has no copies and that nobody has asked for.</summary>
internal sealed class DeleteTitle(ChangeLibrary library, TidyCovers tidy, ILiveBoard board)
{
    public async Task<Outcome<string>> RunAsync(Caller caller, int titleId, CancellationToken cancellationToken = default)
    {
        if (CirculationRefusals.UnlessStaff(caller) is { } refusal)
            return refusal;
        string? picture = null;
        var deleted = await library.RunAsync<string>(caller, async change =>
        {
            var database = change.Database;
            if (await database.Titles.FirstOrDefaultAsync(title => title.Id == titleId, cancellationToken) is not { } title)
                return CirculationRefusals.NoTitle;
            if (await database.Copies.AnyAsync(copy => copy.TitleId == titleId, cancellationToken))
                return new Refusal(RefusalKind.Conflict, "This title has copies. Delete or withdraw them first; a title with withdrawn copies stays for its history.", "title-copies");
            if (await database.Requests.AnyAsync(request => request.TitleId == titleId, cancellationToken))
                return new Refusal(RefusalKind.Conflict, "Readers have asked for this title, so it stays. Merge it into the right one instead.", "title-requested");
            picture = await database.Covers.Where(cover => cover.TitleId == titleId).Select(cover => cover.File).SingleOrDefaultAsync(cancellationToken);
            database.Titles.Remove(title);
            database.Record(change.Actor, "title.deleted", AuditSubject.Title, SaveTitle.Key(titleId), title.Name, change.Now, before: TitleJson.Write(title.Details));
            return title.Name;
        }, cancellationToken);
        if (!deleted.IsAllowed)
            return deleted;
        await tidy.RunAsync(picture, cancellationToken);
        board.Publish(new CatalogChanged(titleId));
        return deleted;
    }
}
