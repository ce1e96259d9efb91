using System.Text.RegularExpressions;
using LibraryPortal.Identity;
using LibraryPortal.Identity.Pages.Parts;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Identity;

public sealed class AuthenticatorPageTests(PortalApp portal) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task Looking_EndsNobodysSession()
    {
        var before = (await portal.CreateUserAsync("gil")).SecurityStamp;
        using var browser = await portal.SignInAsync("gil");
        using var page = await browser.Client.GetAsync(AccountRoutes.ManageAuthenticator);
        page.EnsureSuccessStatusCode();
        Assert.Equal(before, (await portal.FindUserAsync("gil"))!.SecurityStamp);
    }

    [Fact]
    public async Task Key_IsShownAsACodeToScan()
    {
        await portal.CreateUserAsync("gus");
        using var browser = await portal.SignInAsync("gus");
        var html = await browser.Client.GetStringAsync(AccountRoutes.ManageAuthenticator);
        var link = System.Net.WebUtility.HtmlDecode(Regex.Match(html, "otpauth://[^\"]+", RegexOptions.NonBacktracking).Value);
        var path = Regex.Match(AuthenticatorKey.Picture(link)!, "<path d=\"[^\"]+\"", RegexOptions.NonBacktracking).Value;
        Assert.NotEmpty(path);
        Assert.Contains(path, html, StringComparison.Ordinal);
    }

    [Fact]
    public void Picture_OfALinkThatIsTooLong_IsLeftOut() => Assert.Null(AuthenticatorKey.Picture(AuthenticatorKey.Link("KEY", new string('x', 300))));
}
