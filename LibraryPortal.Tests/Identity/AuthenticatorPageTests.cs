using LibraryPortal.Identity;
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
}
