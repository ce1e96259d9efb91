using LibraryPortal.Circulation;
using LibraryPortal.Circulation.Requests;
using LibraryPortal.Data.Audit;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Audit;
using LibraryPortal.Domain.Catalog.Records;
using LibraryPortal.Domain.Requests;
using LibraryPortal.Identity;
using LibraryPortal.Live;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Collection;

/// <summary>Makes one of two records of the same book: copies with their loans, requests, and what only the other knew move to the one that stays.</summary>
internal sealed class MergeTitles(ChangeLibrary library, ServeTitle serve, ILiveBoard board)
{
    /// <param name="keptId">The title that stays.</param>
    /// <param name="otherId">The title that goes.</param>
    public async Task<Outcome<int>> RunAsync(Caller caller, int keptId, int otherId, CancellationToken cancellationToken = default)
    {
        if (CollectionRefusals.UnlessStaff(caller) is { } refusal)
            return refusal;
        if (keptId == otherId)
            return new Refusal(RefusalKind.Invalid, "A title cannot be merged with itself.", "merge-same");
        var merged = await library.RunAsync<int>(caller, async change =>
        {
            var database = change.Database;
            var kept = await database.Titles.FirstOrDefaultAsync(title => title.Id == keptId, cancellationToken);
            var other = await database.Titles.FirstOrDefaultAsync(title => title.Id == otherId, cancellationToken);
            if (kept is null || other is null)
                return CollectionRefusals.NoTitle;
            var both = await database.Requests.Where(request => request.TitleId == keptId && RequestStates.Active.Contains(request.State)
                && database.Requests.Any(same => same.TitleId == otherId && same.PatronId == request.PatronId && RequestStates.Active.Contains(same.State))).CountAsync(cancellationToken);
            if (both > 0)
                return new Refusal(RefusalKind.Conflict, $"{(both == 1 ? "A reader has" : $"{both} readers have")} open requests for both titles. Cancel one of each first.", "merge-requests");
            var before = TitleJson.Write(other.Details);
            kept.FillGaps(other.Details);
            await database.Copies.Where(copy => copy.TitleId == otherId).ExecuteUpdateAsync(copy => copy.SetProperty(one => one.TitleId, keptId), cancellationToken);
            await database.Requests.Where(request => request.TitleId == otherId).ExecuteUpdateAsync(request => request.SetProperty(one => one.TitleId, (int?)keptId), cancellationToken);
            database.Titles.Remove(other);
            database.Record(change.Actor, "title.merged", AuditSubject.Title, SaveTitle.Key(keptId), kept.Name, change.Now, $"with number {otherId}, “{other.Name}”", before, TitleJson.Write(kept.Details));
            return keptId;
        }, cancellationToken);
        if (!merged.IsAllowed)
            return merged;
        await serve.RunAsync(keptId, cancellationToken);
        board.Publish(new CatalogChanged());
        board.Publish(new RequestsChanged());
        return merged;
    }
}
