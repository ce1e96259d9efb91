using LibraryPortal.Circulation.Requests;
using LibraryPortal.Data.Settings;
using LibraryPortal.Domain.Requests;

namespace LibraryPortal.Circulation.Nightly;

/// <summary>Pauses end on the day after their last. A request that is past its date ends instead, in the next step.</summary>
internal sealed class ResumeRequests(RequestBatches batches, ChangeRequest requests, CurrentCalendar calendar, TimeProvider clock) : INightlyStep
{
    public string Name => "Resuming paused requests";

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await calendar.RefreshAsync(cancellationToken);
        var (today, now) = (calendar.Today, clock.GetUtcNow());
        return await batches.RunAsync(
            all => all.Where(request => request.State == RequestState.Paused && request.PausedUntil < today && request.ExpiresAt >= now), id => ResumeAsync(id, cancellationToken), cancellationToken);
    }

    async Task<bool> ResumeAsync(Guid id, CancellationToken cancellationToken) =>
        (await requests.AsPortalAsync<bool>(id, async (change, request) =>
        {
            if (request.State != RequestState.Paused || request.PausedUntil >= change.Today || request.ExpiresAt < change.Now)
                return false;
            await ResumeRequest.ResumeAsync(change, request, cancellationToken);
            if (request.State != RequestState.Ready)
                change.Tell(request, "resumed", $"The pause of your request for “{request.BookName}” is over; it waits again, at its old place.");
            return true;
        }, cancellationToken)).Value;
}
