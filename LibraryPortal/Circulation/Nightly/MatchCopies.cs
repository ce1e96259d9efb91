using LibraryPortal.Circulation.Facts;
using LibraryPortal.Circulation.Requests;
using LibraryPortal.Data;
using LibraryPortal.Domain.Catalog;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Circulation.Nightly;

/// <summary>Row 3 by itself: free copies go to whoever waits for them, whatever way they became free.</summary>
internal sealed class MatchCopies(IDbContextFactory<PortalDbContext> databases, ServeTitle serve, TimeProvider clock, ILogger<MatchCopies> logger) : INightlyStep
{
    const int Size = 200;

    public string Name => "Matching copies and requests";

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var (served, last) = (0, 0);
        var failed = new FailedRows(logger);
        while (true)
        {
            List<int> titles;
            await using (var database = await databases.CreateDbContextAsync(cancellationToken))
            {
                titles = await database.Requests.Waiting(clock.GetUtcNow())
                    .Where(request => request.TitleId > last && database.Copies.Any(copy => copy.TitleId == request.TitleId && copy.State == CopyState.Available))
                    .Select(request => request.TitleId!.Value).Distinct().OrderBy(id => id).Take(Size).ToListAsync(cancellationToken);
            }

            if (titles.Count == 0)
            {
                failed.ThrowIfAny();
                return served;
            }

            foreach (var title in titles)
                served += await failed.TryAsync($"The queue of title {title}", () => serve.RunAsync(title, cancellationToken), cancellationToken);
            last = titles[^1];
        }
    }
}
