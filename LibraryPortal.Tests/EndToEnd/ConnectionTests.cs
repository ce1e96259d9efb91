using LibraryPortal.Tests.Support;
using LibraryPortal.Tests.Support.Browser;
using Microsoft.Playwright;

namespace LibraryPortal.Tests.EndToEnd;

/// <summary>What a page does when its connection to the server is cut, and when the server no longer knows it.</summary>
public sealed class ConnectionTests(BrowserFixture browser, PortalWithLibrary portal) : BrowserTest(browser), IClassFixture<PortalWithLibrary>
{
    const string Banner = "#components-reconnect-modal";

    [Fact]
    public async Task Cut_TheBannerSaysSo_ThePageStaysReadable_AndTheSameCircuitComesBack()
    {
        var page = await OpenWindowAsync(portal.Address);
        var wires = await InterceptAsync(page);
        await page.VisitAsync("/");
        await page.Locator("main input[type=search]").FillAsync("half a ti");

        wires.IsDown = true;
        await wires.Last!.CloseAsync(new() { Code = 1011, Reason = "cut" });
        await Assertions.Expect(page.Locator(Banner)).ToContainTextAsync("The connection is lost");
        await Assertions.Expect(page.Locator($"{Banner} .trying")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("h1")).ToBeVisibleAsync();
        await Axe.AssertNoViolationsAsync(page);

        wires.IsDown = false;
        await Assertions.Expect(page.Locator($"{Banner} .trying")).ToBeHiddenAsync();
        await Assertions.Expect(page.Locator("main input[type=search]")).ToHaveValueAsync("half a ti");
        await page.GetByRole(AriaRole.Link, new() { Name = "Privacy" }).ClickAsync();
        await page.WaitForURLAsync("**/privacy");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Privacy");
    }

    [Fact]
    public async Task ServerRestarted_ThePageLoadsAnewByItself()
    {
        using var data = new TemporaryDirectory();
        Uri address;
        IPage page;
        await using (var first = await PortalProcess.StartAsync("", data.Path))
        {
            address = first.Address;
            page = await OpenWindowAsync(address);
            await page.VisitAsync("/privacy");
            await page.EvaluateAsync("() => { window.isOld = true; }");
            await first.KillAsync();
        }

        await Assertions.Expect(page.Locator($"{Banner} .trying")).ToBeVisibleAsync();
        await using var second = await PortalProcess.StartAsync("", data.Path, ("urls", address.ToString()));
        await page.WaitForFunctionAsync("() => !window.isOld && document.querySelector('.site[data-live]')", null, new() { Timeout = 30_000 });
        Assert.EndsWith("/privacy", page.Url, StringComparison.Ordinal);
    }

    static async Task<Wires> InterceptAsync(IPage page)
    {
        var wires = new Wires();
        await page.RouteWebSocketAsync("**/_blazor*", socket =>
        {
            if (wires.IsDown)
            {
                _ = socket.CloseAsync(new() { Code = 1011, Reason = "down" });
                return;
            }

            wires.Last = socket;
            socket.ConnectToServer();
        });
        // Without this the page would come back by long polling before anyone has read the banner.
        await page.RouteAsync("**/_blazor/negotiate*", route => wires.IsDown ? route.AbortAsync() : route.ContinueAsync());
        return wires;
    }

    sealed class Wires
    {
        public volatile bool IsDown;

        public IWebSocketRoute? Last { get; set; }
    }
}
