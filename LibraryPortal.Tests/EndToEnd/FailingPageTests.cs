using System.Net;
using LibraryPortal.Components.Shared.Slots;
using LibraryPortal.Tests.Support;
using LibraryPortal.Tests.Support.Browser;
using Microsoft.AspNetCore.Components;
using Microsoft.Playwright;

namespace LibraryPortal.Tests.EndToEnd;

/// <summary>A page with a bug in it: the shell stays, the answer is a 500, and the way on is open.</summary>
public sealed class FailingPageTests(BrowserFixture browser, FailingPageTests.PortalWithABug portal) : BrowserTest(browser), IClassFixture<FailingPageTests.PortalWithABug>
{
    [Fact]
    public async Task PageThatFails_SaysSo_AndOtherPagesStillWork()
    {
        using (var client = portal.CreateClient())
        using (var response = await client.GetAsync(new Uri("/", UriKind.Relative)))
            Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);

        var page = await OpenWindowAsync(portal.Address);
        await page.VisitAsync("/");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("This page met an error");
        Assert.DoesNotContain("a secret", await page.ContentAsync(), StringComparison.Ordinal);
        await Axe.AssertNoViolationsAsync(page);
        await page.GetByRole(AriaRole.Link, new() { Name = "Privacy" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Privacy");
        Assert.Contains(portal.Log.Lines, line => line.Contains("a secret", StringComparison.Ordinal));
    }

    /// <summary>A portal whose home page throws.</summary>
    public sealed class PortalWithABug : PortalApp
    {
        public PortalWithABug() => Configure = services => services.AddSlot<Bug>(SlotNames.HomeShelves);
    }

    sealed class Bug : ComponentBase
    {
        protected override void OnInitialized() => throw new InvalidOperationException("a secret");
    }
}
