using LibraryPortal.Circulation.Facts;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Domain.Requests;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Circulation.Requests;

/// <summary>Gives free copies of a title to those who wait for it, first come, first served. Afterwards either no copy is free or nobody waits.</summary>
internal static class ServeQueue
{
    /// <returns>The requests that became ready, with their copies.</returns>
    public static async Task<IReadOnlyList<(BookRequest Request, Copy Copy)>> RunAsync(LibraryChange change, int titleId, CancellationToken cancellationToken)
    {
        var database = change.Database;
        // The queries below read the database, so what was changed so far must be in it.
        await database.SaveChangesAsync(cancellationToken);
        var free = await database.Copies.Where(copy => copy.TitleId == titleId && copy.State == CopyState.Available)
            .OrderBy(copy => copy.Barcode).ToListAsync(cancellationToken);
        var waiting = free.Count == 0 ? [] : await database.Requests.Waiting(change.Now).Where(request => request.TitleId == titleId)
            .OrderBy(request => request.Number).Take(free.Count).ToListAsync(cancellationToken);
        List<(BookRequest, Copy)> served = [];
        foreach (var (request, copy) in waiting.Zip(free))
        {
            await SetAsideAsync(change, request, copy, cancellationToken);
            served.Add((request, copy));
        }

        return served;
    }

    /// <summary>Keeps this copy for this request and tells its reader.</summary>
    public static async Task SetAsideAsync(LibraryChange change, BookRequest request, Copy copy, CancellationToken cancellationToken)
    {
        var openDays = await (
            from patron in change.Database.Patrons
            join policy in change.Database.LendingPolicies on patron.Category equals policy.Category
            where patron.UserId == request.PatronId
            select policy.CollectOpenDays).SingleAsync(cancellationToken);
        request.SetAside(copy, change.Calendar.CollectBy(change.Now, openDays), change.Now);
        change.Did("request.ready", request);
        change.Did("copy.set-aside", copy);
        change.Write(request, "ready", $"“{request.BookName}” is ready to collect",
            $"“{request.BookName}” is ready to collect, until {change.Zone.Say(request.CollectBy!.Value)}.");
    }
}
