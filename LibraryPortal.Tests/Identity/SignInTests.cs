using System.Net;
using LibraryPortal.Identity;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Identity;

public sealed class SignInTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task SignIn_WithUserNameOrEmail_SetsASafeCookie()
    {
        await app.CreateUserAsync("anna");
        foreach (var login in new[] { "anna", "ANNA@example.org" })
        {
            using var browser = app.CreateBrowser();
            using var response = await browser.SubmitAsync($"{AccountRoutes.SignIn}?returnUrl=%2Fcatalog", new() { ["Input.Login"] = login, ["Input.Password"] = PortalApp.Password });

            Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
            Assert.Equal("/catalog", browser.RedirectOf(response));
            var cookie = Assert.Single(response.Headers.GetValues("Set-Cookie"), value => value.StartsWith("LibraryPortal=", StringComparison.Ordinal));
            Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Theory]
    [InlineData("https://elsewhere.example/")]
    [InlineData("//elsewhere.example")]
    [InlineData("/\\elsewhere.example")]
    [InlineData("/\t/elsewhere.example")]
    [InlineData("javascript:alert(1)")]
    public async Task SignIn_WithAReturnAddressElsewhere_GoesHome(string returnUrl)
    {
        var name = $"ret{Guid.NewGuid():N}";
        await app.CreateUserAsync(name);
        using var browser = app.CreateBrowser();
        using var response = await browser.SubmitAsync(
            $"{AccountRoutes.SignIn}?returnUrl={Uri.EscapeDataString(returnUrl)}", new() { ["Input.Login"] = name, ["Input.Password"] = PortalApp.Password });
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal("/", browser.RedirectOf(response));
    }

    [Fact]
    public async Task SignIn_WithoutAntiforgeryToken_IsRefused()
    {
        using var client = app.CreateClient();
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["_handler"] = "sign-in",
            ["Input.Login"] = "anna",
            ["Input.Password"] = PortalApp.Password,
        });
        using var response = await client.PostAsync(AccountRoutes.SignIn, form);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.False(response.Headers.TryGetValues("Set-Cookie", out var cookies) && cookies.Any(cookie => cookie.StartsWith("LibraryPortal=", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task SignOut_WithItsForm_EndsTheSession()
    {
        await app.CreateUserAsync("leaver");
        using var browser = await app.SignInAsync("leaver");
        using var response = await browser.SubmitAsync("/", [], $"form[action='{AccountRoutes.SignOut}']");
        Assert.Equal("/", browser.RedirectOf(response));
        var after = await browser.ReadAsync("/");
        Assert.Null(after.QuerySelector($"form[action='{AccountRoutes.SignOut}']"));
        Assert.NotNull(after.QuerySelector($"a[href='{AccountRoutes.SignIn}']"));
    }
}
