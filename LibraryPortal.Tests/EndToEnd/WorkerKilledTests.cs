using System.Diagnostics;
using LibraryPortal.Data;
using LibraryPortal.Tests.Support;
using LibraryPortal.Tests.Support.Browser;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace LibraryPortal.Tests.EndToEnd;

/// <summary>The portal as an operator runs it who outgrew one machine: a web process and two workers on Redis, all of them real processes.</summary>
public sealed class WorkerKilledTests(BrowserFixture browser) : BrowserTest(browser)
{
    // Enough for a run that lasts a good part of a second, so that the kill lands in its middle.
    const int Requests = 8_000;
    const string PublicUrl = "https://library.example";
    static readonly TimeSpan PromisedRecovery = TimeSpan.FromSeconds(15);

    readonly TemporaryFolder _data = new();
    RedisServer? _redis;

    public override async ValueTask InitializeAsync() => _redis = await RedisServer.StartAsync();

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await base.DisposeAsync();
        if (_redis is not null)
            await _redis.DisposeAsync();
        _data.Dispose();
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task Export_WhoseWorkerIsKilledInTheMiddle_ArrivesOnce()
    {
        await using var web = await StartAsync("web");
        await using var first = await StartAsync("worker");
        await using var second = await StartAsync("worker");
        using var reader = await ApiCaller.RegisterAsync(web.Address, "ada");
        await using var services = Open(_data.Path);
        var databases = services.GetRequiredService<IDbContextFactory<PortalDbContext>>();
        var userId = await UserIdAsync(databases, "ada");
        await new LibraryBuilder(databases, TimeProvider.System).AddRequestsAsync(userId, Requests);

        var page = await OpenWindowAsync(web.Address);
        await page.SignInAsync("ada", ApiCaller.Password);
        await page.VisitAsync("/me/requests");

        var accepted = await reader.PostAsync("/api/export-report");
        var job = $"/api/jobs/{accepted.GetProperty("job_id").GetString()}";
        await Eventually.HoldsAsync("the export is running and has written rows", async () => await ProgressAsync(reader, job) > 0);
        await Task.WhenAll(first.FreezeAsync(), second.FreezeAsync());
        Assert.Equal("STARTED", (await reader.GetAsync(job)).GetProperty("status").GetString());

        var (busy, idle) = await OwnsAsync(first, accepted) ? (first, second) : (second, first);
        Assert.True(await OwnsAsync(busy, accepted), "No worker owns the export.");
        await idle.ThawAsync();
        await busy.KillAsync();
        var killed = Stopwatch.StartNew();
        await Eventually.HoldsAsync(
            "the export arrives all the same",
            async () => (await reader.GetAsync(job)).GetProperty("status").GetString() == "SUCCESS",
            PromisedRecovery);
        TestContext.Current.TestOutputHelper?.WriteLine($"The export of {Requests} rows arrived {killed.Elapsed.TotalSeconds:F1} s after its worker was killed.");

        // On the page that was open all the while.
        await Assertions.Expect(page.Locator(".export-status[data-state=Ready] a", new() { HasTextString = "Download" })).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".toast", new() { HasTextString = "ready" })).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator(".bell")).ToHaveAttributeAsync("aria-label", "Notices, 1 unread");
        var done = await reader.GetAsync(job);
        Assert.Equal(1, done.GetProperty("attempt").GetInt32());
        var file = await reader.DownloadAsync(done.GetProperty("result_link").GetString()!);
        Assert.Equal(Requests + 1, file.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        await using var database = await databases.CreateDbContextAsync();
        Assert.Single(await database.Notices.Where(notice => notice.UserId == userId).ToListAsync());
        Assert.Single(await database.ReportExports.Where(export => export.OwnerId == userId).ToListAsync());
        await Eventually.HoldsAsync("the mail about it is sent", () => MailsAboutTheReport() > 0);
        Assert.Equal(1, MailsAboutTheReport());
        Assert.Single(Directory.GetFiles(Path.Combine(_data.Path, "files"), "*.csv", SearchOption.AllDirectories));
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task Export_WhoseWorkerIsToldToStop_IsHandedBackAtOnce()
    {
        await using var web = await StartAsync("web");
        // No grace: the run is stopped in its middle, though it would end by itself.
        await using var first = await StartAsync("worker", ("Jobs:ShutdownGrace", "00:00:00"));
        using var reader = await ApiCaller.RegisterAsync(web.Address, "ada");
        await using var services = Open(_data.Path);
        var databases = services.GetRequiredService<IDbContextFactory<PortalDbContext>>();
        await new LibraryBuilder(databases, TimeProvider.System).AddRequestsAsync(await UserIdAsync(databases, "ada"), Requests);

        var accepted = await reader.PostAsync("/api/export-report");
        var job = $"/api/jobs/{accepted.GetProperty("job_id").GetString()}";
        await Eventually.HoldsAsync("the export is running and has written rows", async () => await ProgressAsync(reader, job) > 0);
        await first.StopAsync();

        Assert.Equal("PENDING", (await reader.GetAsync(job)).GetProperty("status").GetString());
        Assert.Empty(await _redis!.KeysAsync("*:worker:*"));
        await using var second = await StartAsync("worker");
        await Eventually.HoldsAsync("the export arrives", async () => (await reader.GetAsync(job)).GetProperty("status").GetString() == "SUCCESS");
        Assert.Equal(1, (await reader.GetAsync(job)).GetProperty("attempt").GetInt32());
    }

    Task<PortalProcess> StartAsync(string role, params (string, string)[] settings) => 
        PortalProcess.StartAsync(role, _data.Path, [("ConnectionStrings:Redis", _redis!.Address), ("PublicUrl", PublicUrl), .. settings]);

    // Registering sends a mail too.
    int MailsAboutTheReport() => Directory.Exists(Path.Combine(_data.Path, "mail"))
        ? Directory.GetFiles(Path.Combine(_data.Path, "mail"), "*.eml").Count(file => File.ReadAllText(file).Contains("/me/exports", StringComparison.Ordinal))
        : 0;

    static async Task<long> ProgressAsync(ApiCaller reader, string job) =>
        (await reader.GetAsync(job)).TryGetProperty("progress", out var progress) && progress.ValueKind == System.Text.Json.JsonValueKind.Object
            ? progress.GetProperty("done").GetInt64()
            : 0;

    // A worker's id ends in a nonce; what its process told about itself names the process.
    async Task<bool> OwnsAsync(PortalProcess worker, System.Text.Json.JsonElement accepted)
    {
        foreach (var key in await _redis!.KeysAsync("*:worker:*"))
        {
            var about = await _redis.CommandAsync("HGETALL", key.Replace(":worker:", ":workerinfo:", StringComparison.Ordinal));
            var claims = await _redis.CommandAsync("HKEYS", key);
            if (about.Contains($"{worker.Id}", StringComparison.Ordinal) && claims.Contains(accepted.GetProperty("job_id").GetString()!, StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    static ServiceProvider Open(string directory)
    {
        var services = new ServiceCollection();
        services.AddSingleton(TimeProvider.System);
        services.AddLogging();
        services.AddPortalData(new SqliteConnectionStringBuilder { DataSource = Path.Combine(directory, "library.db"), Pooling = false }.ToString());
        return services.BuildServiceProvider();
    }

    static async Task<string> UserIdAsync(IDbContextFactory<PortalDbContext> databases, string userName)
    {
        await using var database = await databases.CreateDbContextAsync();
        return await database.Users.Where(user => user.UserName == userName).Select(user => user.Id).SingleAsync();
    }
}
