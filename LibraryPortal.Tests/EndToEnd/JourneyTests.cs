using LibraryPortal.Identity;
using LibraryPortal.Tests.Support;
using LibraryPortal.Tests.Support.Browser;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LibraryPortal.Tests.EndToEnd;

/// <summary>The main job from beginning to end, as two people do it in two browsers, against the program as it is started: in one process, and as web and workers.</summary>
public sealed class JourneyTests(BrowserFixture browser) : BrowserTest(browser)
{
    const string Password = "correct horse battery";

    [Fact]
    public async Task Reader_FromSigningUpToTheDownloadedReport_InOneProcess()
    {
        using var data = new TemporaryFolder();
        await using var portal = await PortalProcess.StartAsync("", data.Path);
        await TravelAsync(portal.Address, "one");
    }

    [Fact]
    public async Task Reader_FromSigningUpToTheDownloadedReport_WithWebAndTwoWorkersOnRedis()
    {
        using var data = new TemporaryFolder();
        await using var redis = await RedisServer.StartAsync();
        var settings = ("ConnectionStrings:Redis", redis.Address);
        await using var web = await PortalProcess.StartAsync("web", data.Path, settings);
        await using var first = await PortalProcess.StartAsync("worker", data.Path, settings);
        await using var second = await PortalProcess.StartAsync("worker", data.Path, settings);
        await TravelAsync(web.Address, "apart");
    }

    async Task TravelAsync(Uri address, string pictures)
    {
        var reader = await OpenWindowAsync(address);
        await SignUpAsync(reader);
        await FindAndRequestAsync(reader, pictures);

        var librarian = await OpenWindowAsync(address);
        await librarian.SignInAsync("librarian", "librarian-demo");
        await librarian.VisitAsync("/staff/requests");
        await Pictures.TakeAsync(librarian, $"journey-{pictures}-desk");
        // The reader looks on while it happens: no reload from here.
        await reader.VisitAsync("/me/requests");
        var elsewhere = await reader.Context.NewPageAsync();
        await elsewhere.VisitAsync("/catalog");
        await librarian.Locator("button[aria-label^='Approve']").ClickAsync();
        await Expect(reader.Locator(".book-row").First).ToContainTextAsync("Ready");
        await Expect(elsewhere.Locator(".bell")).ToHaveAttributeAsync("aria-label", "Notices, 1 unread");

        await ExportAsync(reader, elsewhere, pictures);
        AssertNoScriptErrors();
    }

    static async Task SignUpAsync(IPage page)
    {
        await page.VisitAsync(AccountRoutes.Register);
        await page.Locator("[name='Input.UserName']").FillAsync("ada");
        await page.Locator("[name='Input.Email']").FillAsync("ada@example.org");
        await page.Locator("[name='Input.Password']").FillAsync(Password);
        await page.Locator("[name='Input.Again']").FillAsync(Password);
        await page.Locator("main form button[type=submit]").ClickAsync();
        await page.Locator("html[data-ready] #account-menu .who").WaitForAsync(new() { State = WaitForSelectorState.Attached });
    }

    static async Task FindAndRequestAsync(IPage page, string pictures)
    {
        await page.VisitAsync("/");
        await Pictures.TakeAsync(page, $"journey-{pictures}-home");
        await page.Locator("main [type=search]").FillAsync("bronte jane");
        await page.Locator("main [type=search]").PressAsync("Enter");
        await page.Locator("main .book-title a", new() { HasTextString = "Jane Eyre" }).First.ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("Jane Eyre");
        await page.WaitUntilReadyAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Request this book" }).ClickAsync();
        await Expect(page.Locator("main [role=status]").First).Not.ToBeEmptyAsync();
        await Pictures.TakeAsync(page, $"journey-{pictures}-title");
    }

    static async Task ExportAsync(IPage page, IPage elsewhere, string pictures)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Export Report" }).ClickAsync();
        var download = page.Locator(".export-status[data-state=Ready] a", new() { HasTextString = "Download" });
        await Expect(download).ToBeVisibleAsync();
        foreach (var open in new[] { page, elsewhere })
        {
            await Expect(open.Locator(".toast", new() { HasTextString = "ready" }).First).ToBeVisibleAsync();
            await Expect(open.Locator(".bell")).ToHaveAttributeAsync("aria-label", "Notices, 2 unread");
        }

        await Pictures.TakeAsync(page, $"journey-{pictures}-requests");
        var file = await page.RunAndWaitForDownloadAsync(() => download.ClickAsync());
        var rows = await File.ReadAllLinesAsync(await file.PathAsync());
        Assert.Equal(2, rows.Length);
        Assert.Contains("Jane Eyre", rows[1], StringComparison.Ordinal);
        await page.VisitAsync("/me/exports");
        await Expect(page.Locator("main")).ToContainTextAsync("Ready");
        await Pictures.TakeAsync(page, $"journey-{pictures}-exports");
    }
}
