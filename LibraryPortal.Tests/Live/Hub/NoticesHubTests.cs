using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using LibraryPortal.Data;
using LibraryPortal.Tests.Support;
using Microsoft.AspNetCore.Identity;

namespace LibraryPortal.Tests.Live.Hub;

public sealed class NoticesHubTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task Hub_TellsTheOwnerOfJobAndNoticeAndNobodyElse()
    {
        await app.CreateUserAsync("hub-rita");
        await app.CreateUserAsync("hub-rolf");
        using var rita = await app.CreateApiClientAsync("hub-rita");
        using var rolf = await app.CreateApiClientAsync("hub-rolf");
        await using var ritas = await HubClient.ConnectAsync(app.Address, Token(rita));
        await using var rolfs = await HubClient.ConnectAsync(app.Address, Token(rolf));

        using var ofRolf = await rolf.PostAsync("/api/export-report", null);
        var rolfsNotice = await rolfs.NextAsync("notice");
        using var ofRita = await rita.PostAsync("/api/export-report", null);

        // Everything about Rolf's export was said before Rita's began, so the first she hears is her own.
        var jobId = (await ofRita.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("job_id").GetString();
        var job = await ritas.NextAsync("job");
        Assert.Equal(jobId, job.GetProperty("job_id").GetString());
        var notice = await ritas.NextAsync("notice");
        Assert.NotEqual(rolfsNotice.GetProperty("id").GetString(), notice.GetProperty("id").GetString());
        Assert.Equal(("ReportReady", "Your report of 0 requests is ready."), (notice.GetProperty("kind").GetString(), notice.GetProperty("text").GetString()));
        using var file = await rita.GetAsync(notice.GetProperty("link").GetString());
        Assert.Equal(HttpStatusCode.OK, file.StatusCode);
    }

    [Fact]
    public async Task Hub_AfterTheAccountChanged_EndsTheConnection()
    {
        await using var portal = new PortalApp().With("Accounts:RevalidateSeconds", "1");
        await portal.InitializeAsync();
        var changing = await portal.CreateUserAsync("hub-changing");
        await portal.CreateUserAsync("hub-staying");
        using var one = await portal.CreateApiClientAsync("hub-changing");
        using var other = await portal.CreateApiClientAsync("hub-staying");
        await using var ends = await HubClient.ConnectAsync(portal.Address, Token(one));
        await using var stays = await HubClient.ConnectAsync(portal.Address, Token(other));
        await using (var scope = portal.Services.CreateAsyncScope())
        {
            var users = scope.ServiceProvider.GetRequiredService<UserManager<PortalUser>>();
            await users.UpdateSecurityStampAsync((await users.FindByIdAsync(changing.Id))!);
        }

        await Assert.ThrowsAsync<WebSocketException>(() => ends.NextAsync("notice"));

        using var export = await other.PostAsync("/api/export-report", null);
        await stays.NextAsync("notice");
    }

    [Fact]
    public async Task Hub_WithoutAToken_IsRefused()
    {
        await Assert.ThrowsAsync<WebSocketException>(() => HubClient.ConnectAsync(app.Address, "forged"));
        using var client = app.CreateClient();
        using var response = await client.PostAsync("/hubs/notices/negotiate?negotiateVersion=1", null);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    static string Token(HttpClient client) => client.DefaultRequestHeaders.Authorization!.Parameter!;

    /// <summary>SignalR's JSON protocol over a plain WebSocket: records end in 0x1E, the first is the handshake, type 1 is a call.</summary>
    sealed class HubClient(ClientWebSocket socket) : IAsyncDisposable
    {
        const char End = '\u001E';
        static readonly TimeSpan Patience = Eventually.Deadline;
        readonly StringBuilder _received = new();

        public static async Task<HubClient> ConnectAsync(Uri portal, string token)
        {
            var socket = new ClientWebSocket();
            var address = new UriBuilder(new Uri(portal, "/hubs/notices")) { Scheme = "ws", Query = $"access_token={Uri.EscapeDataString(token)}" };
            await socket.ConnectAsync(address.Uri, default);
            var client = new HubClient(socket);
            await client.SendAsync("""{"protocol":"json","version":1}""");
            Assert.Equal("{}", await client.RecordAsync());
            // The handshake ends before the hub knows the client; a call is answered after that, if only with a refusal.
            await client.SendAsync("""{"type":1,"invocationId":"0","target":"nothing","arguments":[]}""");
            while (!IsAnswer(await client.RecordAsync()))
                continue;
            return client;
        }

        static bool IsAnswer(string record)
        {
            using var message = JsonDocument.Parse(record);
            return message.RootElement.GetProperty("type").GetInt32() == 3;
        }

        /// <summary>The argument of the next call of this name; others are passed over.</summary>
        public async Task<JsonElement> NextAsync(string method)
        {
            while (true)
            {
                var record = JsonDocument.Parse(await RecordAsync()).RootElement;
                if (record.GetProperty("type").GetInt32() == 1 && record.GetProperty("target").GetString() == method)
                    return record.GetProperty("arguments")[0];
            }
        }

        public async ValueTask DisposeAsync()
        {
            using var patience = new CancellationTokenSource(Patience);
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, patience.Token);
            socket.Dispose();
        }

        Task SendAsync(string record) => socket.SendAsync(Encoding.UTF8.GetBytes(record + End), WebSocketMessageType.Text, endOfMessage: true, default);

        async Task<string> RecordAsync()
        {
            using var patience = new CancellationTokenSource(Patience);
            var buffer = new byte[4096];
            while (true)
            {
                var text = _received.ToString();
                if (text.IndexOf(End, StringComparison.Ordinal) is >= 0 and var end)
                {
                    _received.Remove(0, end + 1);
                    return text[..end];
                }

                var part = await socket.ReceiveAsync(buffer, patience.Token);
                _received.Append(Encoding.UTF8.GetString(buffer, 0, part.Count));
            }
        }
    }
}
