using LibraryPortal.Circulation.Facts;
using LibraryPortal.Circulation.Requests;
using LibraryPortal.Domain.Requests;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Circulation.Nightly;

/// <summary>Row 8: a copy that was not collected in time goes to the next reader. Nothing is given on while the library is closed.</summary>
internal sealed class ExpirePickups(RequestBatches batches, ChangeRequest requests, TimeProvider clock) : INightlyStep
{
    public string Name => "Giving on what was not collected";

    public Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return batches.RunAsync(all => all.Where(request => request.State == RequestState.Ready && request.CollectBy < now), id => ExpireAsync(id, cancellationToken), cancellationToken);
    }

    async Task<bool> ExpireAsync(Guid id, CancellationToken cancellationToken) =>
        (await requests.AsPortalAsync<bool>(id, async (change, request) =>
        {
            if (!change.Rules.ExpirePickup(LoadRequest.Of(request), change.Now).IsAllowed)
                return false;
            var until = change.Zone.Say(request.CollectBy!.Value);
            var copy = await change.Database.Copies.SingleAsync(copy => copy.Id == request.CopyId, cancellationToken);
            request.ExpirePickup(copy, change.Now);
            change.Did("request.pickup-expired", request);
            change.Did("copy.released", copy);
            change.Write(request, "pickup-expired", $"“{request.BookName}” was not collected",
                $"“{request.BookName}” waited for you until {until} and was not collected, so your request has ended. You can ask for it again.");
            await ServeQueue.RunAsync(change, copy.TitleId, cancellationToken);
            return true;
        }, cancellationToken)).Value;
}
