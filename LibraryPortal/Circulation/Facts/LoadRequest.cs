using LibraryPortal.Data;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Domain.Requests;
using LibraryPortal.Domain.Rules;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Circulation.Facts;

/// <summary>What the rules need to know of a request.</summary>
internal static class LoadRequest
{
    /// <summary>Without a look at the queue: for every step that does not give out a copy.</summary>
    /// <param name="copy">The copy set aside or lent, where the step is about it.</param>
    public static RequestFacts Of(BookRequest request, Copy? copy = null) => new()
    {
        Number = request.DisplayNumber,
        BookName = request.BookName,
        State = request.State,
        ExpiresAt = request.ExpiresAt,
        NeededUntil = request.NeededUntil,
        PausedUntil = request.State == RequestState.Paused ? request.PausedUntil : null,
        RestedDays = request.RestedDays,
        CollectBy = request.CollectBy,
        ClosedAt = request.ClosedAt,
        IsCancelledByStaff = request.CancelReason is not null,
        Copy = copy?.Barcode,
    };

    /// <summary>Also says who comes before it in the queue.</summary>
    public static async Task<RequestFacts> WithQueueAsync(PortalDbContext database, BookRequest request, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var earlier = await database.Requests.Waiting(now).Where(other => other.TitleId == request.TitleId && other.Number < request.Number)
            .OrderBy(other => other.Number).Select(other => (long?)other.Number).FirstOrDefaultAsync(cancellationToken);
        return Of(request) with { Earlier = earlier is { } number ? BookRequest.FormatNumber(number) : null };
    }

    /// <summary>The requests a free copy may go to.</summary>
    public static IQueryable<BookRequest> Waiting(this IQueryable<BookRequest> requests, DateTimeOffset now) =>
        requests.Where(request => request.State == RequestState.Queued && request.ExpiresAt >= now);
}
