using LibraryPortal.Circulation;
using LibraryPortal.Circulation.Requests;
using LibraryPortal.Data;
using LibraryPortal.Data.Audit;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Audit;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Domain.Catalog.Records;
using LibraryPortal.Domain.Requests;
using LibraryPortal.Identity;
using LibraryPortal.Live;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Collection;

/// <summary>Makes one of two records of the same book: copies with their loans, requests, and what only the other knew, its cover too, move to the one that stays.</summary>
internal sealed class MergeTitles(ChangeLibrary library, TidyCovers tidy, ILiveBoard board)
{
    /// <param name="keptId">The title that stays.</param>
    /// <param name="otherId">The title that goes.</param>
    public async Task<Outcome<int>> RunAsync(Caller caller, int keptId, int otherId, CancellationToken cancellationToken = default)
    {
        if (CirculationRefusals.UnlessStaff(caller) is { } refusal)
            return refusal;
        if (keptId == otherId)
            return new Refusal(RefusalKind.Invalid, "A title cannot be merged with itself.", "merge-same");
        string? picture = null;
        var merged = await library.RunAsync<int>(caller, async change =>
        {
            var database = change.Database;
            var kept = await database.Titles.FirstOrDefaultAsync(title => title.Id == keptId, cancellationToken);
            var other = await database.Titles.FirstOrDefaultAsync(title => title.Id == otherId, cancellationToken);
            if (kept is null || other is null)
                return CirculationRefusals.NoTitle;
            var both = await database.Requests.Where(request => request.TitleId == keptId && RequestStates.Active.Contains(request.State)
                && database.Requests.Any(same => same.TitleId == otherId && same.PatronId == request.PatronId && RequestStates.Active.Contains(same.State))).CountAsync(cancellationToken);
            if (both > 0)
                return new Refusal(RefusalKind.Conflict, $"{(both == 1 ? "A reader has" : $"{both} readers have")} open requests for both titles. Cancel one of each first.", "merge-requests");
            var before = TitleJson.Write(other.Details);
            kept.Absorb(other.Details);
            await MoveAsync(change, kept, otherId, cancellationToken);
            picture = await MoveCoverAsync(database, keptId, otherId, cancellationToken);
            // What belongs to the other title must be gone from it before it is.
            await database.SaveChangesAsync(cancellationToken);
            database.Titles.Remove(other);
            database.Record(change.Actor, "title.merged", AuditSubject.Title, SaveTitle.Key(keptId), kept.Name, change.Now, $"with number {otherId}, “{other.Name}”", before, TitleJson.Write(kept.Details));
            await ServeQueue.RunAsync(change, keptId, cancellationToken);
            return keptId;
        }, cancellationToken);
        if (!merged.IsAllowed)
            return merged;
        await tidy.RunAsync(picture, cancellationToken);
        board.Publish(new CatalogChanged(keptId));
        board.Publish(new CatalogChanged(otherId));
        board.Publish(new RequestsChanged());
        return merged;
    }

    static async Task MoveAsync(LibraryChange change, Title kept, int otherId, CancellationToken cancellationToken)
    {
        foreach (var copy in await change.Database.Copies.Where(copy => copy.TitleId == otherId).OrderBy(copy => copy.Barcode).ToListAsync(cancellationToken))
        {
            copy.BelongTo(kept);
            change.Did("copy.merged", copy);
        }

        foreach (var request in await change.Database.Requests.Where(request => request.TitleId == otherId).OrderBy(request => request.Number).ToListAsync(cancellationToken))
        {
            request.MergeInto(kept);
            change.Did("request.merged", request);
        }
    }

    /// <returns>The picture that is shown no more; null when there is none.</returns>
    static async Task<string?> MoveCoverAsync(PortalDbContext database, int keptId, int otherId, CancellationToken cancellationToken)
    {
        if (await database.Covers.FindAsync([otherId], cancellationToken) is not { } cover)
            return null;
        database.Covers.Remove(cover);
        if (await database.Covers.AnyAsync(own => own.TitleId == keptId, cancellationToken))
            return cover.File;
        database.Covers.Add(new TitleCover(keptId, new CoverImage(cover.File, cover.Width, cover.Height), cover.UploadedBy, cover.UploadedAt));
        return null;
    }
}
