using System.Net;
using System.Text.RegularExpressions;
using LibraryPortal.Data;
using LibraryPortal.Data.Accounts;
using LibraryPortal.Identity;
using LibraryPortal.Tests.Support;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Tests.Identity;

/// <summary>The way to the first admin, where no account exists by itself.</summary>
public sealed partial class SetupTests : IAsyncLifetime
{
    readonly ShiftedClock _clock = new();
    readonly PortalApp _app;

    public SetupTests() => _app = new PortalApp { Configure = services => services.AddSingleton<TimeProvider>(_clock) };

    public ValueTask InitializeAsync() => _app.InitializeAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Start_OutsideDevelopment_MakesNoAccountAndShowsNone()
    {
        await using var database = await _app.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        Assert.Empty(await database.Users.ToListAsync());
        using var browser = _app.CreateBrowser();
        Assert.DoesNotContain("demo", (await browser.ReadAsync(AccountRoutes.SignIn)).Body!.InnerHtml, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Link_FromTheLog_MakesOneAdminOnce()
    {
        var link = LinkInTheLog();
        using var browser = _app.CreateBrowser();
        using var made = await SetUpAsync(browser, link, "first");
        Assert.Equal("/", browser.RedirectOf(made));
        await using (var scope = _app.Services.CreateAsyncScope())
        {
            var users = scope.ServiceProvider.GetRequiredService<UserManager<PortalUser>>();
            Assert.Equal([Roles.Admin], await users.GetRolesAsync((await users.FindByNameAsync("first"))!));
        }

        using var gone = await browser.Client.GetAsync(link);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        Assert.Null((await PortalBrowser.ParseAsync(gone)).QuerySelector("main form.form"));
    }

    [Fact]
    public async Task Link_UsedByTwoAtOnce_MakesOneAdmin()
    {
        var link = LinkInTheLog();
        using var one = _app.CreateBrowser();
        using var two = _app.CreateBrowser();
        var answers = await Task.WhenAll(SetUpAsync(one, link, "first"), SetUpAsync(two, link, "second"));
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Redirect);
        await using var database = await _app.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        Assert.Equal(1, await database.Users.CountAsync());
    }

    [Fact]
    public async Task Link_WithARefusedAccount_StaysGood()
    {
        var link = LinkInTheLog();
        using var browser = _app.CreateBrowser();
        using var refused = await SetUpAsync(browser, link, "first", password: "password123");
        Assert.Equal(HttpStatusCode.OK, refused.StatusCode);
        using var made = await SetUpAsync(browser, link, "first");
        Assert.Equal(HttpStatusCode.Redirect, made.StatusCode);
    }

    [Fact]
    public async Task Link_AfterADay_IsNotGood()
    {
        _clock.Shift = TimeSpan.FromHours(24.1);
        using var client = _app.CreateClient();
        using var response = await client.GetAsync(LinkInTheLog());
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Theory]
    [InlineData("/setup")]
    [InlineData("/setup?token=")]
    [InlineData("/setup?token=guess")]
    public async Task Link_WithoutItsToken_IsNotGood(string path)
    {
        using var client = _app.CreateClient();
        using var response = await client.GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Token_InTheDatabase_IsOnlyAHash()
    {
        await using var database = await _app.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        var row = await database.Set<SetupLink>().SingleAsync();
        Assert.Equal(64, row.TokenHash.Length);
        Assert.DoesNotContain(row.TokenHash, LinkInTheLog(), StringComparison.OrdinalIgnoreCase);
    }

    string LinkInTheLog() => new Uri(Link().Match(string.Join('\n', _app.Log.Lines)).Value).PathAndQuery;

    static Task<HttpResponseMessage> SetUpAsync(PortalBrowser browser, string link, string userName, string password = "the first row of words") =>
        browser.SubmitAsync(link, new()
        {
            ["Input.UserName"] = userName,
            ["Input.Email"] = $"{userName}@example.org",
            ["Input.Password"] = password,
            ["Input.Again"] = password,
        });

    [GeneratedRegex(@"http://\S+/setup\?token=\S+", RegexOptions.None, 1000)]
    private static partial Regex Link();
}
