using System.Net;
using System.Text.Json;
using LibraryPortal.Data;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Tests.Features.Requests;

/// <summary>The calls of the classic tutorial, and what clients do wrong.</summary>
public sealed class RequestsApiTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task RequestBook_HeldOrNot_IsCreatedAndListed()
    {
        await AddTitleAsync("The Moonstone");
        using var client = await ReaderAsync();

        using var held = await client.PostAsJsonAsync("/api/request-book", new { book_name = "the moonstone" });
        using var wish = await client.PostAsJsonAsync("/api/request-book", new { book_name = "A book nobody wrote" });

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (held.StatusCode, wish.StatusCode));
        var created = await held.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(("The Moonstone", "pending", true), (created.GetProperty("book_name").GetString(), created.GetProperty("status").GetString(), created.GetProperty("in_catalogue").GetBoolean()));
        Assert.Contains("The Moonstone", created.GetProperty("msg").GetString(), StringComparison.Ordinal);
        using var one = await client.GetAsync(held.Headers.Location);
        Assert.Equal(created.GetProperty("request_id").GetGuid(), (await one.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid());
        var list = await client.GetFromJsonAsync<JsonElement>("/api/requests?size=1");
        Assert.Equal((2, 2, 1), (list.GetProperty("total").GetInt32(), list.GetProperty("pages").GetInt32(), list.GetProperty("requests").GetArrayLength()));
        Assert.Equal("A book nobody wrote", list.GetProperty("requests")[0].GetProperty("book_name").GetString());
    }

    [Fact]
    public async Task RequestBook_Twice_IsAConflictThatSaysWhy()
    {
        await AddTitleAsync("Middlemarch");
        using var client = await ReaderAsync();
        using var first = await client.PostAsJsonAsync("/api/request-book", new { book_name = "Middlemarch" });
        using var second = await client.PostAsJsonAsync("/api/request-book", new { book_name = "Middlemarch" });
        var problem = await AssertProblemAsync(second, HttpStatusCode.Conflict);
        Assert.Equal("already-requested", problem.GetProperty("rule").GetString());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"book_name\": null}")]
    [InlineData("{\"book_name\": \"  \"}")]
    [InlineData("{\"book_name\": 7}")]
    [InlineData("{\"book_name\": ")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("")]
    public async Task RequestBook_WithoutAName_IsABadRequestThatSaysWhy(string body)
    {
        using var client = await ReaderAsync();
        using var response = await client.PostAsync("/api/request-book", new StringContent(body, System.Text.Encoding.UTF8, "application/json"));
        await AssertProblemAsync(response, HttpStatusCode.BadRequest);
        Assert.Equal(0, (await client.GetFromJsonAsync<JsonElement>("/api/requests")).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task RequestBook_WithAHugeName_IsABadRequest()
    {
        using var client = await ReaderAsync();
        using var response = await client.PostAsJsonAsync("/api/request-book", new { book_name = new string('x', 10_000) });
        var problem = await AssertProblemAsync(response, HttpStatusCode.BadRequest);
        Assert.Contains("10,000", problem.GetProperty("msg").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancel_OwnRequest_ThenAgain_IsAConflict()
    {
        await AddTitleAsync("Silas Marner");
        using var client = await ReaderAsync();
        using var created = await client.PostAsJsonAsync("/api/request-book", new { book_name = "Silas Marner" });

        using var first = await client.DeleteAsync(created.Headers.Location);
        using var second = await client.DeleteAsync(created.Headers.Location);

        Assert.Equal("cancelled", (await first.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("state").GetString());
        await AssertProblemAsync(second, HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Request_OfAnotherReader_IsNotFound()
    {
        await AddTitleAsync("Villette");
        using var ada = await ReaderAsync();
        using var ben = await ReaderAsync();
        using var created = await ada.PostAsJsonAsync("/api/request-book", new { book_name = "Villette" });

        using var read = await ben.GetAsync(created.Headers.Location);
        using var cancel = await ben.DeleteAsync(created.Headers.Location);

        await AssertProblemAsync(read, HttpStatusCode.NotFound);
        await AssertProblemAsync(cancel, HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("/api/requests?page=0", HttpStatusCode.BadRequest)]
    [InlineData("/api/requests?size=100000", HttpStatusCode.BadRequest)]
    [InlineData("/api/requests?page=two", HttpStatusCode.BadRequest)]
    [InlineData("/api/requests/not-an-id", HttpStatusCode.NotFound)]
    [InlineData("/api/request-book", HttpStatusCode.MethodNotAllowed)]
    public async Task WrongCalls_AreExplained(string address, HttpStatusCode status)
    {
        using var client = await ReaderAsync();
        using var response = await client.GetAsync(new Uri(address, UriKind.Relative));
        await AssertProblemAsync(response, status);
    }

    [Fact]
    public async Task WithoutAToken_NothingIsTold()
    {
        using var client = app.CreateClient();
        using var list = await client.GetAsync(new Uri("/api/requests", UriKind.Relative));
        using var ask = await client.PostAsJsonAsync("/api/request-book", new { book_name = "Emma" });
        await AssertProblemAsync(list, HttpStatusCode.Unauthorized);
        await AssertProblemAsync(ask, HttpStatusCode.Unauthorized);
    }

    static async Task<JsonElement> AssertProblemAsync(HttpResponseMessage response, HttpStatusCode status)
    {
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.False(string.IsNullOrWhiteSpace(problem.GetProperty("msg").GetString()));
        return problem;
    }

    async Task<HttpClient> ReaderAsync()
    {
        var name = $"reader{Guid.NewGuid():N}"[..20];
        await app.CreateUserAsync(name);
        return await app.CreateApiClientAsync(name);
    }

    async Task AddTitleAsync(string name)
    {
        await using var database = await app.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        var title = new Title(new TitleDetails { Name = name }, DateTimeOffset.UnixEpoch);
        title.AddCopy($"T-{Guid.NewGuid():N}");
        database.Titles.Add(title);
        await database.SaveChangesAsync();
    }
}
