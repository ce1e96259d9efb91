using System.Net;
using System.Text.Json;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Features.Reports;

/// <summary>Redis is configured and not there: what is asked for is kept, and flows when it is.</summary>
public sealed class ExportDuringOutageTests
{
    [Fact]
    public async Task ExportReport_WhileRedisIsAway_IsAcceptedAndMadeOnceItIsBack()
    {
        await using var redis = RedisServer.Prepare();
        await using var app = new PortalApp().With("ConnectionStrings:Redis", redis.Address);
        await app.InitializeAsync();
        await app.CreateUserAsync("rita");
        using var client = await app.CreateApiClientAsync("rita");

        using var accepted = await client.PostAsync("/api/export-report", null);
        using var repeated = await client.PostAsync("/api/export-report", null);

        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        var job = accepted.Headers.Location!.ToString();
        Assert.Equal(job, repeated.Headers.Location!.ToString());
        var waiting = await client.GetFromJsonAsync<JsonElement>(job);
        Assert.Equal(("PENDING", "Queued"), (waiting.GetProperty("status").GetString(), waiting.GetProperty("state").GetString()));
        Assert.Contains("waits to be handed", waiting.GetProperty("held_back").GetString(), StringComparison.Ordinal);

        await redis.StartAsync();

        await Eventually.HoldsAsync(
            "the export is made", async () => (await client.GetFromJsonAsync<JsonElement>(job)).GetProperty("status").GetString() == "SUCCESS", TimeSpan.FromSeconds(40));
        // One line each from whoever could not go on, not one a second; the address is in it.
        var complaints = app.Log.Lines.Where(line => line.Contains(redis.Address, StringComparison.Ordinal)).ToList();
        Assert.InRange(complaints.Count, 1, 4);
        Assert.Single(complaints, line => line.Contains("outbox", StringComparison.Ordinal));
        Assert.DoesNotContain(complaints, line => line.Contains("   at ", StringComparison.Ordinal));
    }
}
