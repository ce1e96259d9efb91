using System.Net;
using LibraryPortal.Identity;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Identity;

public sealed class DemoAccountsTests
{
    [Fact]
    public async Task SignInPage_InDevelopment_OffersTheDemoAccountsAndTheyWork()
    {
        await using var app = new PortalApp { EnvironmentName = "Development" };
        await app.InitializeAsync();
        using var browser = app.CreateBrowser();
        var page = await browser.ReadAsync(AccountRoutes.SignIn);
        foreach (var name in new[] { "reader", "librarian", "admin" })
        {
            Assert.Contains($"Sign in as {name}", page.Body!.TextContent, StringComparison.Ordinal);
            using var visitor = app.CreateBrowser();
            using var response = await visitor.SubmitAsync(AccountRoutes.SignIn, [], $"form:has(input[value='{name}'])");
            Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        }

        Assert.DoesNotContain(app.Log.Lines, line => line.Contains("/setup?token=", StringComparison.Ordinal));
    }
}
