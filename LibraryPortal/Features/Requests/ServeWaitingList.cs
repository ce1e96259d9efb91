using LibraryPortal.Domain.Catalog;
using LibraryPortal.Domain.Requests;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.Requests;

/// <summary>Gives free copies of a title to those who wait for it, first come, first served. Afterwards either no copy is free or nobody waits.</summary>
internal static class ServeWaitingList
{
    /// <returns>The requests that became ready, with their copies.</returns>
    public static async Task<IReadOnlyList<(BookRequest Request, Copy Copy)>> RunAsync(RequestChange change, int titleId, CancellationToken cancellationToken)
    {
        var database = change.Database;
        // The queries below read the database, so what was changed so far must be in it.
        await database.SaveChangesAsync(cancellationToken);
        var free = await database.Copies.Where(copy => copy.TitleId == titleId && copy.State == CopyState.Available)
            .OrderBy(copy => copy.Barcode).ToListAsync(cancellationToken);
        var waiting = await database.Requests.Where(request => request.TitleId == titleId && request.State == RequestState.Queued)
            .OrderBy(request => request.Number).Take(free.Count).ToListAsync(cancellationToken);
        List<(BookRequest, Copy)> served = [];
        foreach (var (request, copy) in waiting.Zip(free))
        {
            if (request.SetAside(copy, change.Terms, change.Now).Refusal is { } refusal)
                throw new InvalidOperationException(refusal.Message);
            change.Tell(request.PatronId!, request.Id, "ready",
                $"“{request.BookName}” is ready to collect, until {change.Terms.Say(request.CollectBy!.Value)}.");
            served.Add((request, copy));
        }

        return served;
    }
}
