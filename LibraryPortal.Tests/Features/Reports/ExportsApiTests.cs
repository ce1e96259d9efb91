using System.Net;
using System.Text.Json;
using LibraryPortal.Data;
using LibraryPortal.Domain.Reports;
using LibraryPortal.Identity;
using LibraryPortal.Jobs;
using LibraryPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Tests.Features.Reports;

public sealed class ExportsApiTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task ExportReport_AnswersAtOnceAndTheJobMakesTheFile()
    {
        var reader = await app.CreateUserAsync("api-rita");
        await new LibraryBuilder(app.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>(), TimeProvider.System).AddRequestsAsync(reader.Id, 30);
        using var client = await app.CreateApiClientAsync("api-rita");

        using var accepted = await client.PostAsync("/api/export-report", null);

        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        var reply = await JsonAsync(accepted);
        var jobId = reply.GetProperty("job_id").GetString()!;
        Assert.NotEmpty(reply.GetProperty("msg").GetString()!);
        Assert.Equal($"/api/jobs/{jobId}", accepted.Headers.Location?.ToString());

        var job = await FinishedAsync(client, jobId);
        Assert.Equal(("SUCCESS", "Succeeded", 30), (job.GetProperty("status").GetString(), job.GetProperty("state").GetString(), job.GetProperty("progress").GetProperty("done").GetInt32()));
        Assert.True(job.GetProperty("finished_at").GetDateTimeOffset() >= job.GetProperty("started_at").GetDateTimeOffset());

        using var file = await client.GetAsync(job.GetProperty("result_link").GetString());
        Assert.Equal(HttpStatusCode.OK, file.StatusCode);
        Assert.Equal("attachment", file.Content.Headers.ContentDisposition?.DispositionType);
        Assert.StartsWith("my-requests-", file.Content.Headers.ContentDisposition?.FileNameStar, StringComparison.Ordinal);
        Assert.Equal("text/csv; charset=utf-8", file.Content.Headers.ContentType?.ToString());
        Assert.True(file.Headers.CacheControl?.NoStore);
        Assert.Equal(["nosniff"], file.Headers.GetValues("X-Content-Type-Options"));
        Assert.Equal(32, (await file.Content.ReadAsStringAsync()).Split("\r\n").Length);
    }

    [Fact]
    public async Task ExportReport_WithGet_WorksAndSaysThatItIsDeprecated()
    {
        await app.CreateUserAsync("api-gerd");
        using var client = await app.CreateApiClientAsync("api-gerd");

        using var accepted = await client.GetAsync("/api/export-report");

        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        Assert.StartsWith("@", Assert.Single(accepted.Headers.GetValues("Deprecation")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST", "/api/export-report")]
    [InlineData("GET", "/api/jobs/01890000000070008000000000000000")]
    [InlineData("GET", "/api/exports/00000000-0000-0000-0000-000000000000/file")]
    public async Task Everything_WithoutAToken_IsRefused(string method, string path)
    {
        using var client = app.CreateClient();

        using var response = await client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task JobAndFile_OfAnotherReader_AreNotFoundButAreThereForALibrarian()
    {
        await app.CreateUserAsync("api-owner");
        await app.CreateUserAsync("api-other");
        await app.CreateUserAsync("api-librarian", Roles.Librarian);
        using var owner = await app.CreateApiClientAsync("api-owner");
        using var other = await app.CreateApiClientAsync("api-other");
        using var librarian = await app.CreateApiClientAsync("api-librarian");
        using var otherPages = await app.SignInAsync("api-other");
        using var ownerPages = await app.SignInAsync("api-owner");
        using var nobody = app.CreateClient();
        var (jobId, link) = await ExportAsync(owner);
        var page = link["/api".Length..];

        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(other, $"/api/jobs/{jobId}"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(other, link));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(other, $"/api/jobs/{JobId.New()}"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(other, "/api/jobs/nonsense"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(otherPages.Client, page));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(ownerPages.Client, page));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(librarian, link));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(librarian, $"/api/jobs/{jobId}"));
        Assert.Equal(HttpStatusCode.Redirect, await StatusAsync(nobody, page));
    }

    [Fact]
    public async Task File_OnceExpired_IsGoneWithASentence()
    {
        await app.CreateUserAsync("api-late");
        using var client = await app.CreateApiClientAsync("api-late");
        using var pages = await app.SignInAsync("api-late");
        var (_, link) = await ExportAsync(client);
        await using (var database = await app.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync())
        {
            var id = Guid.Parse(link.Split('/')[3]);
            await database.ReportExports.Where(export => export.Id == id).ExecuteUpdateAsync(row => row.SetProperty(export => export.State, ExportState.Expired));
        }

        using var api = await client.GetAsync(link);
        Assert.Equal(HttpStatusCode.Gone, api.StatusCode);
        Assert.Contains("no longer kept", (await JsonAsync(api)).GetProperty("msg").GetString(), StringComparison.Ordinal);
        using var page = await pages.Client.GetAsync(link["/api".Length..]);
        Assert.Equal(HttpStatusCode.Gone, page.StatusCode);
        Assert.Contains("no longer kept", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    static async Task<(string JobId, string Link)> ExportAsync(HttpClient client)
    {
        using var accepted = await client.PostAsync("/api/export-report", null);
        var jobId = (await JsonAsync(accepted)).GetProperty("job_id").GetString()!;
        return (jobId, (await FinishedAsync(client, jobId)).GetProperty("result_link").GetString()!);
    }

    // As a client would: it asks until the job has ended.
    static async Task<JsonElement> FinishedAsync(HttpClient client, string jobId)
    {
        using var patience = new CancellationTokenSource(Eventually.Deadline);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (true)
        {
            using var response = await client.GetAsync($"/api/jobs/{jobId}", patience.Token);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            var job = await JsonAsync(response);
            if (job.GetProperty("status").GetString() is not ("PENDING" or "STARTED" or "RETRY"))
                return job;
            await timer.WaitForNextTickAsync(patience.Token);
        }
    }

    static async Task<HttpStatusCode> StatusAsync(HttpClient client, string path)
    {
        using var response = await client.GetAsync(path);
        return response.StatusCode;
    }

    static async Task<JsonElement> JsonAsync(HttpResponseMessage response) => await response.Content.ReadFromJsonAsync<JsonElement>();
}
