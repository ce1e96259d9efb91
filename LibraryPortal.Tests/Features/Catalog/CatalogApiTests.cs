using System.Net;
using System.Text.Json;
using LibraryPortal.Data;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Tests.Features.Catalog;

/// <summary>Titles for API clients.</summary>
public sealed class CatalogApiTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task Titles_AreFoundNarrowedSortedAndPaged()
    {
        var subject = $"Subject {Guid.NewGuid():N}";
        for (var i = 1; i <= 3; i++)
            await AddAsync(new() { Name = $"Volume {i}", Authors = ["Ada & Ben"], Subjects = [subject, i == 1 ? "First" : "Later"], Year = 1990 + i }, copies: i == 3 ? 0 : 1);
        using var client = await ReaderAsync();
        var list = await client.GetFromJsonAsync<JsonElement>($"/api/titles?subject={Uri.EscapeDataString(subject)}&sort=year&size=2");
        Assert.Equal((3, 2, false), (list.GetProperty("total").GetInt32(), list.GetProperty("pages").GetInt32(), list.GetProperty("total_is_at_least").GetBoolean()));
        Assert.Equal(["Volume 3", "Volume 2"], list.GetProperty("titles").EnumerateArray().Select(title => title.GetProperty("title").GetString()));
        Assert.Contains(list.GetProperty("facets").EnumerateArray(), facet => facet.GetProperty("value").GetString() == "Later" && facet.GetProperty("count").GetInt32() == 2);
        var narrowed = await client.GetFromJsonAsync<JsonElement>($"/api/titles?q=volume&subject={Uri.EscapeDataString(subject)}&available=true&subject=First");
        Assert.Equal(2, narrowed.GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Title_HasItsCopies()
    {
        var id = await AddAsync(new() { Name = "The Woman in White", Authors = ["Wilkie Collins"] }, copies: 2);
        using var client = await ReaderAsync();
        var title = await client.GetFromJsonAsync<JsonElement>($"/api/titles/{id}");
        Assert.Equal(("The Woman in White", 2), (title.GetProperty("title").GetString(), title.GetProperty("copies").GetArrayLength()));
        Assert.Equal("available", title.GetProperty("copies")[0].GetProperty("state").GetString());
    }

    [Theory]
    [InlineData("/api/titles?page=0", HttpStatusCode.BadRequest, "page of 1 or more")]
    [InlineData("/api/titles?page=401", HttpStatusCode.BadRequest, "Pages end at 400. Narrow the search")]
    [InlineData("/api/titles?size=1000", HttpStatusCode.BadRequest, "size from 1 to 100")]
    [InlineData("/api/titles?sort=colour", HttpStatusCode.BadRequest, "relevance, title, author")]
    [InlineData("/api/titles/2000000000", HttpStatusCode.NotFound, "no title")]
    public async Task WrongCalls_AreExplained(string address, HttpStatusCode status, string words)
    {
        using var client = await ReaderAsync();
        using var response = await client.GetAsync(new Uri(address, UriKind.Relative));
        Assert.Contains(words, (await response.ReadProblemAsync(status)).Detail(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithoutAToken_NothingIsTold()
    {
        using var client = app.CreateClient();
        using var response = await client.GetAsync(new Uri("/api/titles", UriKind.Relative));
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    async Task<HttpClient> ReaderAsync()
    {
        var name = $"reader{Guid.NewGuid():N}"[..20];
        await app.CreateUserAsync(name);
        return await app.CreateApiClientAsync(name);
    }

    async Task<int> AddAsync(TitleDetails details, int copies)
    {
        await using var database = await app.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        var title = new Title(details, DateTimeOffset.UnixEpoch);
        for (var i = 0; i < copies; i++)
            title.AddCopy($"T-{Guid.NewGuid():N}");
        database.Titles.Add(title);
        await database.SaveChangesAsync();
        return title.Id;
    }
}
