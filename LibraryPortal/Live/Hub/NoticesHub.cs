using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;

namespace LibraryPortal.Live.Hub;

/// <summary>Where API clients hear what pages hear. The server speaks, clients listen: see <see cref="HubMessages"/>.</summary>
[Authorize]
internal sealed class NoticesHub(HubPresence presence, HubWatch watch, TimeProvider time) : Microsoft.AspNetCore.SignalR.Hub
{
    /// <summary>The address.</summary>
    public const string Path = "/hubs/notices";

    public override async Task OnConnectedAsync()
    {
        await Groups.AddToGroupAsync(Context.ConnectionId, UserId);
        watch.Add(Context);
        presence.Add(UserId, Context.ConnectionId, time.GetUtcNow());
        await base.OnConnectedAsync();
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        watch.Remove(Context);
        presence.Remove(UserId, Context.ConnectionId);
        return base.OnDisconnectedAsync(exception);
    }

    string UserId => Context.User!.FindFirstValue(ClaimTypes.NameIdentifier)!;
}
