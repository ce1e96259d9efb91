using LibraryPortal.Circulation.Facts;
using LibraryPortal.Circulation.Requests;
using LibraryPortal.Domain.Requests;

namespace LibraryPortal.Circulation.Nightly;

/// <summary>Row 7: requests that nobody could fill in time come to an end, and their readers are told.</summary>
internal sealed class ExpireRequests(RequestBatches batches, ChangeRequest requests, TimeProvider clock) : INightlyStep
{
    static readonly RequestState[] Waiting = [RequestState.Pending, RequestState.Queued, RequestState.Paused];

    public string Name => "Ending old requests";

    public Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return batches.RunAsync(all => all.Where(request => Waiting.Contains(request.State) && request.ExpiresAt < now), id => ExpireAsync(id, cancellationToken), cancellationToken);
    }

    async Task<bool> ExpireAsync(Guid id, CancellationToken cancellationToken) =>
        (await requests.AsPortalAsync<bool>(id, (change, request) =>
        {
            if (!change.Rules.Expire(LoadRequest.Of(request), change.Now).IsAllowed)
                return Task.FromResult<Domain.Outcome<bool>>(false);
            request.Expire(change.Now);
            change.Did("request.expired", request);
            change.Write(request, "expired", $"Your request for “{request.BookName}” has ended",
                request.NeededUntil is null
                    ? $"“{request.BookName}” could not be had until {change.Zone.Say(request.ExpiresAt)}, so your request has ended. You can ask for it again."
                    : $"“{request.BookName}” could not be had by {change.Zone.Say(request.ExpiresAt)}, after which you do not need it. Your request has ended.");
            return Task.FromResult<Domain.Outcome<bool>>(true);
        }, cancellationToken)).Value;
}
