using LibraryPortal.Data;
using LibraryPortal.Domain.Requests;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Circulation.Nightly;

/// <summary>Goes through many requests with little memory: reads their ids in batches, each batch beginning behind the one before.</summary>
internal sealed class RequestBatches(IDbContextFactory<PortalDbContext> databases, ILogger<RequestBatches> logger)
{
    const int Size = 200;

    /// <param name="which">The requests to go through; those it leaves out meanwhile are passed over.</param>
    /// <param name="work">Changes one in a transaction of its own; true when it did.</param>
    /// <returns>How many were changed.</returns>
    /// <exception cref="InvalidOperationException">Some failed; all others were gone through.</exception>
    public async Task<int> RunAsync(
        Func<IQueryable<BookRequest>, IQueryable<BookRequest>> which, Func<Guid, Task<bool>> work, CancellationToken cancellationToken)
    {
        var (changed, last) = (0, 0L);
        var failed = new FailedRows(logger);
        while (true)
        {
            List<(Guid Id, long Number)> batch;
            await using (var database = await databases.CreateDbContextAsync(cancellationToken))
            {
                batch = (await which(database.Requests.AsNoTracking()).Where(request => request.Number > last).OrderBy(request => request.Number).Take(Size)
                    .Select(request => new { request.Id, request.Number }).ToListAsync(cancellationToken)).ConvertAll(row => (row.Id, row.Number));
            }

            if (batch.Count == 0)
            {
                failed.ThrowIfAny();
                return changed;
            }

            foreach (var (id, number) in batch)
            {
                last = number;
                if (await failed.TryAsync(BookRequest.FormatNumber(number), () => work(id), cancellationToken))
                    changed++;
            }
        }
    }
}
