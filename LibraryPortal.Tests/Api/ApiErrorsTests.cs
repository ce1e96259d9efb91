using System.Net;
using System.Text;
using System.Text.Json;
using LibraryPortal.Api;
using LibraryPortal.Domain;
using LibraryPortal.Jobs;
using LibraryPortal.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace LibraryPortal.Tests.Api;

public sealed class ApiErrorsTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Theory]
    [InlineData("{\"username\": ", "application/json", HttpStatusCode.BadRequest, "not valid JSON at line 1")]
    [InlineData("{\"username\": 5}", "application/json", HttpStatusCode.BadRequest, "'username'")]
    [InlineData("[]", "application/json", HttpStatusCode.BadRequest, "")]
    [InlineData("null", "application/json", HttpStatusCode.BadRequest, "JSON object")]
    [InlineData("", "application/json", HttpStatusCode.BadRequest, "JSON object")]
    [InlineData("username=a", "application/x-www-form-urlencoded", HttpStatusCode.UnsupportedMediaType, "application/json")]
    public async Task Post_WithABodyThatCannotBeRead_SaysWhatIsWrong(string body, string type, HttpStatusCode status, string expected)
    {
        using var client = app.CreateClient();
        using var content = new StringContent(body, Encoding.UTF8, type);
        using var response = await client.PostAsync("/api/login", content);
        Assert.Contains(expected, (await response.ReadProblemAsync(status)).Detail(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_WithABodyTooLarge_IsRefused()
    {
        using var client = app.CreateClient();
        using var content = new StringContent($"{{\"username\":\"{new string('a', ApiModule.MaxBodyBytes)}\"}}", Encoding.UTF8, "application/json");
        using var response = await client.PostAsync("/api/login", content);
        Assert.Contains("64 KB", (await response.ReadProblemAsync(HttpStatusCode.RequestEntityTooLarge)).Detail(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_OfAnUnknownAddress_IsNotFoundWithWords()
    {
        using var client = app.CreateClient();
        using var response = await client.GetAsync("/api/no/such/thing");
        Assert.Contains("/api/no/such/thing", (await response.ReadProblemAsync(HttpStatusCode.NotFound)).Detail(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/api/login", "POST")]
    [InlineData("DELETE", "/api/account", "GET")]
    public async Task Request_WithTheWrongMethod_SaysWhichIsRight(string method, string path, string allowed)
    {
        using var client = app.CreateClient();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await client.SendAsync(request);
        await response.ReadProblemAsync(HttpStatusCode.MethodNotAllowed);
        Assert.Contains(allowed, response.Content.Headers.Allow);
    }

    [Fact]
    public async Task Description_ListsTheCallsAndTheirLock()
    {
        using var client = app.CreateClient();
        var document = await client.GetFromJsonAsync<JsonElement>("/openapi/v1.json");
        var paths = document.GetProperty("paths");
        Assert.Equal("bearer", document.GetProperty("components").GetProperty("securitySchemes").GetProperty("Bearer").GetProperty("scheme").GetString());
        Assert.True(paths.GetProperty("/api/account").GetProperty("get").TryGetProperty("security", out _));
        Assert.False(paths.GetProperty("/api/login").GetProperty("post").TryGetProperty("security", out _));
        Assert.All(paths.EnumerateObject(), path => Assert.StartsWith("/api/", path.Name, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Handler_WhenTheJobStoreIsOut_AnswersThatItPasses()
    {
        var (context, body) = await RunAsync(new JobStoreUnavailableException("Redis at 127.0.0.1:1 refused."));
        Assert.Equal(503, context.Response.StatusCode);
        Assert.NotEmpty(context.Response.Headers.RetryAfter.ToString());
        Assert.DoesNotContain("127.0.0.1", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Handler_WhenTheDatabaseIsLocked_AnswersThatItPasses()
    {
        var (context, _) = await RunAsync(new DbUpdateException("no", new SqliteException("database is locked", 5)));
        Assert.Equal(503, context.Response.StatusCode);
    }

    [Fact]
    public async Task Handler_WithABug_TellsNothingOfIt()
    {
        var (context, body) = await RunAsync(new InvalidOperationException("the secret inside"));
        Assert.Equal(500, context.Response.StatusCode);
        Assert.DoesNotContain("secret", body, StringComparison.Ordinal);
        Assert.Contains(context.TraceIdentifier, body, StringComparison.Ordinal);
        var (violated, _) = await RunAsync(new DbUpdateException("no", new SqliteException("constraint", 19)));
        Assert.Equal(500, violated.Response.StatusCode);
    }

    [Theory]
    [InlineData(RefusalKind.Invalid, 400)]
    [InlineData(RefusalKind.NotFound, 404)]
    [InlineData(RefusalKind.Forbidden, 403)]
    [InlineData(RefusalKind.Conflict, 409)]
    [InlineData(RefusalKind.Gone, 410)]
    [InlineData(RefusalKind.LimitReached, 429)]
    public async Task Refusal_AsHttp_KeepsItsWordsRuleAndTime(RefusalKind kind, int status)
    {
        var clock = new ManualClock();
        var context = NewContext();
        await new Refusal(kind, "Not now.", "some-rule", clock.GetUtcNow().AddMinutes(2)).ToProblem(clock).ExecuteAsync(context);
        var problem = JsonSerializer.Deserialize<JsonElement>(Read(context));
        Assert.Equal(status, context.Response.StatusCode);
        Assert.Equal("Not now.", problem.Detail());
        Assert.Equal("some-rule", problem.GetProperty("rule").GetString());
        Assert.Equal("120", context.Response.Headers.RetryAfter.ToString());
        Assert.Equal(clock.GetUtcNow().AddMinutes(2), problem.GetProperty("earliest_at").GetDateTimeOffset());
    }

    async Task<(HttpContext Context, string Body)> RunAsync(Exception error)
    {
        var context = NewContext();
        await new ApiErrors(_ => throw error, app.Services.GetRequiredService<AllowedMethods>(), NullLogger<ApiErrors>.Instance).InvokeAsync(context);
        return (context, Read(context));
    }

    DefaultHttpContext NewContext() => new()
    {
        RequestServices = app.Services,
        TraceIdentifier = "trace-1",
        Request = { Method = "GET", Path = "/api/thing" },
        Response = { Body = new MemoryStream() },
    };

    static string Read(HttpContext context) => Encoding.UTF8.GetString(((MemoryStream)context.Response.Body).ToArray());
}
