using System.Net;
using LibraryPortal.Identity;
using LibraryPortal.Identity.Limits;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Identity;

public sealed class LimitsTests
{
    [Theory]
    [InlineData("SignIn", AccountRoutes.SignIn, "Input.Login")]
    [InlineData("Registration", AccountRoutes.Register, "Input.UserName")]
    [InlineData("PasswordReset", AccountRoutes.ForgotPassword, "Input.Email")]
    public async Task Form_SentTooOften_IsRefusedWithATimeWhileThePageStaysReadable(string limit, string path, string field)
    {
        await using var app = new PortalApp().With($"RateLimits:{limit}:Permits", "2");
        await app.InitializeAsync();
        using var browser = app.CreateBrowser();
        for (var i = 0; i < 2; i++)
        {
            using var tried = await browser.SubmitAsync(path, new() { [field] = "x" });
            Assert.Equal(HttpStatusCode.OK, tried.StatusCode);
        }

        using var refused = await browser.SubmitAsync(path, new() { [field] = "x" });
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.Contains("Try again in", (await PortalBrowser.ParseAsync(refused)).QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        using var page = await browser.Client.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    [Fact]
    public async Task PasskeyRequest_SentTooOften_IsRefusedAndLeavesSigningInAlone()
    {
        await using var app = new PortalApp().With("RateLimits:SignIn:Permits", "2");
        await app.InitializeAsync();
        using var browser = app.CreateBrowser();
        for (var i = 0; i < 2; i++)
        {
            using var forged = await browser.Client.PostAsync(AccountRoutes.PasskeyRequest, null);
            Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        }

        using var refused = await browser.Client.PostAsync(AccountRoutes.PasskeyRequest, null);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        using var tried = await browser.SubmitAsync(AccountRoutes.SignIn, new() { ["Input.Login"] = "x" });
        Assert.Equal(HttpStatusCode.OK, tried.StatusCode);
    }

    [Fact]
    public async Task Login_TooOftenForOneName_LeavesOtherNamesAlone()
    {
        await using var app = new PortalApp().With("RateLimits:ApiLogin:Permits", "2");
        await app.InitializeAsync();
        await app.CreateUserAsync("other");
        using var client = app.CreateClient();
        for (var i = 0; i < 2; i++)
        {
            using var tried = await client.PostAsJsonAsync("/api/login", new { username = "one", password = "wrong" });
            await tried.ReadProblemAsync(HttpStatusCode.Unauthorized);
        }

        using var refused = await client.PostAsJsonAsync("/api/login", new { username = "ONE", password = "wrong" });
        var problem = await refused.ReadProblemAsync(HttpStatusCode.TooManyRequests);
        Assert.True(problem.TryGetProperty("earliest_at", out _));
        Assert.NotNull(refused.Headers.RetryAfter);
        using var good = await app.CreateApiClientAsync("other");
    }

    [Fact]
    public async Task Api_CalledTooOftenByOneAccount_IsRefusedForThatAccountOnly()
    {
        await using var app = new PortalApp().With("RateLimits:Api:Permits", "2");
        await app.InitializeAsync();
        await app.CreateUserAsync("busy");
        await app.CreateUserAsync("calm");
        using var busy = await app.CreateApiClientAsync("busy");
        using var calm = await app.CreateApiClientAsync("calm");
        for (var i = 0; i < 2; i++)
            await busy.GetStringAsync("/api/account");
        using var refused = await busy.GetAsync("/api/account");
        await refused.ReadProblemAsync(HttpStatusCode.TooManyRequests);
        await calm.GetStringAsync("/api/account");
    }

    [Theory]
    [InlineData("10.1.2.3", "10.1.2.3")]
    [InlineData("::ffff:10.1.2.3", "10.1.2.3")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::")]
    public void Address_OfAClient_IsWhatOneHouseholdHas(string address, string counted) =>
        Assert.Equal(counted, ClientAddress.Of(IPAddress.Parse(address)));

    [Fact]
    public void Limits_ThatCannotBeKept_AreNamed()
    {
        var options = new RateLimitOptions { SignIn = new RateLimit(0, 60), Api = new RateLimit(1, 0) };
        var message = new RateLimitOptionsCheck().Validate(null, options).FailureMessage;
        Assert.Contains("RateLimits:SignIn:Permits is 0", message, StringComparison.Ordinal);
        Assert.Contains("RateLimits:Api:WindowSeconds is 0", message, StringComparison.Ordinal);
    }
}
