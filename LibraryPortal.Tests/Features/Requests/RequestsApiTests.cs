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

    [Fact]
    public async Task Request_PausedResumedCancelledAndReopened_AnswersEachStep()
    {
        await AddTitleAsync("Shirley");
        using var client = await ReaderAsync();
        using var created = await client.PostAsJsonAsync("/api/request-book", new { book_name = "Shirley" });
        var one = created.Headers.Location!.ToString();
        var until = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().DateTime).AddDays(10);

        using var nothing = await client.PostAsJsonAsync($"{one}/pause", new { });
        using var past = await client.PostAsJsonAsync($"{one}/pause", new { until = "2020-01-01" });
        using var paused = await client.PostAsJsonAsync($"{one}/pause", new { until });
        Assert.Contains("'until' is missing", (await AssertProblemAsync(nothing, HttpStatusCode.BadRequest)).GetProperty("msg").GetString(), StringComparison.Ordinal);
        Assert.Equal("pause-too-short", (await AssertProblemAsync(past, HttpStatusCode.BadRequest)).GetProperty("rule").GetString());
        Assert.Equal("paused", await StateAsync(paused));
        var item = await client.GetFromJsonAsync<JsonElement>(one);
        Assert.Equal(($"{until:yyyy-MM-dd}", "pending"), (item.GetProperty("paused_until").GetString(), item.GetProperty("status").GetString()));
        Assert.Equal(JsonValueKind.Null, item.GetProperty("place_once_approved").ValueKind);
        using var resumed = await client.PostAsync($"{one}/resume", null);
        using var needed = await client.PutAsJsonAsync($"{one}/needed-until", new { until });
        using var cancelled = await client.PostAsync($"{one}/cancel", null);
        using var reopened = await client.PostAsync($"{one}/undo-cancel", null);
        Assert.Equal(("pending", "cancelled", "pending"), (await StateAsync(resumed), await StateAsync(cancelled), await StateAsync(reopened)));
        using var renewed = await client.PostAsync($"{one}/renew", null);
        Assert.Equal("request-state", (await AssertProblemAsync(renewed, HttpStatusCode.Conflict)).GetProperty("rule").GetString());
        var story = await client.GetFromJsonAsync<JsonElement>($"{one}/story");
        Assert.Equal(6, story.GetArrayLength());
        Assert.StartsWith("You asked for R-", story[0].GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Staff_ApproveLendRenewAndReturn_AndReadersMayNot()
    {
        await AddTitleAsync("Agnes Grey", copies: 2);
        var name = $"reader{Guid.NewGuid():N}"[..20];
        var reader = await app.CreateUserAsync(name);
        using var client = await app.CreateApiClientAsync(name);
        using var staff = await StaffAsync();
        using var created = await client.PostAsJsonAsync("/api/request-book", new { book_name = "Agnes Grey" });
        var id = (await created.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("request_id").GetGuid();
        foreach (var step in (string[])["approve", "decline", "lend", "return", "cancel"])
        {
            using var forbidden = await client.PostAsJsonAsync($"/api/staff/requests/{id}/{step}", new { reason = "no" });
            await AssertProblemAsync(forbidden, HttpStatusCode.Forbidden);
        }

        using var decline = await staff.PostAsJsonAsync($"/api/staff/requests/{id}/decline", new { });
        Assert.Equal("reason-empty", (await AssertProblemAsync(decline, HttpStatusCode.BadRequest)).GetProperty("rule").GetString());
        using var approved = await staff.PostAsync($"/api/staff/requests/{id}/approve", null);
        Assert.Contains("approved: set copy", (await approved.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("msg").GetString(), StringComparison.Ordinal);
        var other = await OtherBarcodeAsync(id);
        using var wrong = await staff.PostAsJsonAsync($"/api/staff/requests/{id}/lend", new { barcode = other });
        Assert.True((await AssertProblemAsync(wrong, HttpStatusCode.Conflict)).GetProperty("may_override").GetBoolean());
        using var lent = await staff.PostAsJsonAsync($"/api/staff/requests/{id}/lend", new { barcode = other, override_reason = "The other one is damaged." });
        var loan = await lent.Content.ReadFromJsonAsync<JsonElement>();
        using var early = await client.PostAsync($"/api/requests/{id}/renew", null);
        var problem = await AssertProblemAsync(early, HttpStatusCode.Conflict);
        Assert.Equal(("renewal-gains-nothing", 21), (problem.GetProperty("rule").GetString(), problem.GetProperty("number").GetInt32()));
        Assert.True(problem.TryGetProperty("earliest_at", out _));
        Assert.False(problem.TryGetProperty("may_override", out _));
        var mine = (await client.GetFromJsonAsync<JsonElement>("/api/loans"))[0];
        Assert.Equal("renewal-gains-nothing", mine.GetProperty("renewal_refusal").GetProperty("rule").GetString());
        using var back = await staff.PostAsJsonAsync("/api/staff/returns", new { barcode = loan.GetProperty("barcode").GetString() });
        Assert.Equal(reader.UserName, (await back.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("reader_name").GetString());
        using var undone = await staff.PostAsync($"/api/staff/loans/{loan.GetProperty("loan_id").GetGuid()}/undo-return", null);
        Assert.Equal(HttpStatusCode.OK, undone.StatusCode);
        // The loan went on as another one since, so it is no longer as it began.
        using var late = await staff.PostAsync($"/api/staff/loans/{loan.GetProperty("loan_id").GetGuid()}/undo-lend", null);
        await AssertProblemAsync(late, HttpStatusCode.Conflict);
        using var again = await staff.PostAsJsonAsync("/api/staff/returns", new { barcode = loan.GetProperty("barcode").GetString() });
        var card = await CardAsync(reader.Id);
        using var lentAgain = await staff.PostAsJsonAsync("/api/staff/loans", new { card, barcode = loan.GetProperty("barcode").GetString() });
        var second = (await lentAgain.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("loan_id").GetGuid();
        using var stranger = await client.PostAsync($"/api/staff/loans/{second}/undo-lend", null);
        Assert.Equal(HttpStatusCode.Forbidden, stranger.StatusCode);
        using var taken = await staff.PostAsync($"/api/staff/loans/{second}/undo-lend", null);
        Assert.Contains("is not lent to", (await taken.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("msg").GetString(), StringComparison.Ordinal);
        Assert.Empty((await client.GetFromJsonAsync<JsonElement>("/api/loans")).EnumerateArray());
        using var unknown = await staff.PostAsJsonAsync("/api/staff/loans", new { card = "2999", barcode = "X" });
        Assert.Equal("unknown-card", (await AssertProblemAsync(unknown, HttpStatusCode.NotFound)).GetProperty("rule").GetString());
    }

    [Fact]
    public async Task Staff_FindWhatTheyAskedForAndWhatIsToDecide_AndReadersDoNot()
    {
        await AddTitleAsync("Wives and Daughters");
        var name = $"reader{Guid.NewGuid():N}"[..20];
        var reader = await app.CreateUserAsync(name);
        using var client = await app.CreateApiClientAsync(name);
        using var staff = await StaffAsync();
        await using var database = await app.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        var card = await database.Patrons.Where(patron => patron.UserId == reader.Id).Select(patron => patron.CardNumber).SingleAsync();
        var title = await database.Titles.Where(one => one.Name == "Wives and Daughters").Select(one => one.Id).SingleAsync();

        using var placed = await staff.PostAsJsonAsync("/api/staff/requests", new { card, title_id = title });
        Assert.Equal(HttpStatusCode.Created, placed.StatusCode);
        var found = await staff.GetFromJsonAsync<JsonElement>(placed.Headers.Location);
        Assert.Equal(("Wives and Daughters", "pending"), (found.GetProperty("book_name").GetString(), found.GetProperty("state").GetString()));

        var total = 0;
        List<Guid> listed = [];
        for (var page = 1; page == 1 || listed.Count < total; page++)
        {
            var list = await staff.GetFromJsonAsync<JsonElement>($"/api/staff/requests?tab=to-decide&page={page}");
            total = list.GetProperty("total").GetInt32();
            listed.AddRange(list.GetProperty("requests").EnumerateArray().Select(row => row.GetProperty("id").GetGuid()));
        }

        Assert.Contains(found.GetProperty("id").GetGuid(), listed);
        using var forbidden = await client.GetAsync(new Uri("/api/staff/requests", UriKind.Relative));
        await AssertProblemAsync(forbidden, HttpStatusCode.Forbidden);
        using var unknown = await staff.GetAsync(new Uri("/api/staff/requests?tab=colour", UriKind.Relative));
        Assert.Contains("to-decide, ready", (await AssertProblemAsync(unknown, HttpStatusCode.BadRequest)).GetProperty("msg").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Staff_ApprovePastTheQueue_WithAReason()
    {
        await AddTitleAsync("Mary Barton");
        using var staff = await StaffAsync();
        List<Guid> requests = [];
        for (var i = 0; i < 3; i++)
        {
            using var client = await ReaderAsync();
            using var created = await client.PostAsJsonAsync("/api/request-book", new { book_name = "Mary Barton" });
            requests.Add((await created.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("request_id").GetGuid());
        }

        foreach (var id in requests[..2])
        {
            using var approved = await staff.PostAsync($"/api/staff/requests/{id}/approve", null);
            Assert.Equal(HttpStatusCode.OK, approved.StatusCode);
        }

        var barcode = $"T-{Guid.NewGuid():N}";
        await using (var database = await app.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync())
        {
            (await database.Titles.Include(title => title.Copies).SingleAsync(title => title.Name == "Mary Barton")).AddCopy(barcode);
            await database.SaveChangesAsync();
        }

        using var refused = await staff.PostAsJsonAsync($"/api/staff/requests/{requests[2]}/approve", new { barcode });
        Assert.True((await AssertProblemAsync(refused, HttpStatusCode.Conflict)).GetProperty("may_override").GetBoolean());
        using var done = await staff.PostAsJsonAsync($"/api/staff/requests/{requests[2]}/approve", new { barcode, override_reason = "Travels tomorrow." });
        Assert.Contains(barcode, (await done.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("msg").GetString(), StringComparison.Ordinal);
    }

    static async Task<string?> StateAsync(HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("state").GetString();
    }

    async Task<HttpClient> StaffAsync()
    {
        var name = $"staff{Guid.NewGuid():N}"[..20];
        await app.CreateUserAsync(name, LibraryPortal.Identity.Roles.Librarian);
        return await app.CreateApiClientAsync(name);
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

    async Task<string> CardAsync(string userId)
    {
        await using var database = await app.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        return await database.Patrons.Where(patron => patron.UserId == userId).Select(patron => patron.CardNumber).SingleAsync();
    }

    async Task<string> OtherBarcodeAsync(Guid request)
    {
        await using var database = await app.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        var row = await database.Requests.SingleAsync(one => one.Id == request);
        return await database.Copies.Where(copy => copy.TitleId == row.TitleId && copy.Id != row.CopyId).Select(copy => copy.Barcode).SingleAsync();
    }

    async Task AddTitleAsync(string name, int copies = 1)
    {
        await using var database = await app.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        var title = new Title(new TitleDetails { Name = name }, DateTimeOffset.UnixEpoch);
        for (var i = 0; i < copies; i++)
            title.AddCopy($"T-{Guid.NewGuid():N}");
        database.Titles.Add(title);
        await database.SaveChangesAsync();
    }
}
