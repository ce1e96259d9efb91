using LibraryPortal.Tests.Support;
using LibraryPortal.Tests.Support.Browser;
using Microsoft.Playwright;

namespace LibraryPortal.Tests.EndToEnd;

/// <summary>What surrounds every page: keyboard, colours, phone, no script at all.</summary>
public sealed class ShellTests(BrowserFixture browser, PortalWithLibrary portal) : BrowserTest(browser), IClassFixture<PortalWithLibrary>
{
    [Fact]
    public async Task SkipLink_IsTheFirstStopAndLeadsToTheContent()
    {
        var page = await OpenWindowAsync(portal.Address);
        await page.VisitAsync("/privacy");
        await page.Keyboard.PressAsync("Tab");
        Assert.Equal("Skip to content", await page.FocusedAsync());
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("main")).ToBeFocusedAsync();
        Assert.Equal("/privacy", new Uri(page.Url).AbsolutePath);
    }

    [Fact]
    public async Task Slash_GoesToTheSearchBox_AndEnterSearches()
    {
        var page = await OpenWindowAsync(portal.Address);
        await page.VisitAsync("/privacy");
        await page.Keyboard.PressAsync("/");
        Assert.Equal("Search the catalogue", await page.FocusedAsync());
        await page.Keyboard.TypeAsync("jane/austen?");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/catalog?q=jane%2Fausten%3F");
    }

    [Fact]
    public async Task QuestionMark_ShowsTheShortcuts_AndEscapeGivesTheFocusBack()
    {
        var page = await OpenWindowAsync(portal.Address);
        await page.VisitAsync("/");
        var search = page.Locator("main input[type=search]");
        var link = page.GetByRole(AriaRole.Link, new() { Name = "Browse the whole catalogue" });
        await link.FocusAsync();
        await page.Keyboard.PressAsync("?");
        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "Keyboard shortcuts" });
        await Assertions.Expect(dialog).ToBeVisibleAsync();
        await Axe.AssertNoViolationsAsync(page);
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(dialog).ToBeHiddenAsync();
        await Assertions.Expect(link).ToBeFocusedAsync();

        await search.FillAsync("what?");
        await page.Keyboard.PressAsync("?");
        await Assertions.Expect(dialog).ToBeHiddenAsync();
    }

    [Fact]
    public async Task GoShortcuts_LeadOnlyWhereThePersonMayGo()
    {
        var page = await OpenWindowAsync(portal.Address);
        await page.VisitAsync("/privacy");
        List<string> ways = [];
        page.FrameNavigated += (_, frame) => ways.Add(new Uri(frame.Url).AbsolutePath);
        // All keys are pressed at one moment of a page that has just begun, however slow the machine is.
        await page.EvaluateAsync("() => Object.defineProperty(Event.prototype, 'timeStamp', { get: () => 1 })");
        await page.Keyboard.TypeAsync("c");
        await page.Keyboard.TypeAsync("gj");
        await page.Keyboard.TypeAsync("gh");
        await page.WaitForURLAsync(new Uri(portal.Address, "/").ToString());
        Assert.Equal(["/"], ways);
    }

    [Fact]
    public async Task Menu_OpensByKeyboard_AndEscapeClosesIt()
    {
        var page = await OpenWindowAsync(portal.Address);
        await page.SignInAsync(PortalWithLibrary.Admin, PortalApp.Password);
        await page.VisitAsync("/privacy");
        var button = page.GetByRole(AriaRole.Button, new() { Name = $"Menu of {PortalWithLibrary.Admin}" });
        await button.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        var menu = page.Locator("#account-menu");
        await Assertions.Expect(menu).ToBeVisibleAsync();
        await Axe.AssertNoViolationsAsync(page);
        await Pictures.TakeAsync(page, "menu");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(menu).ToBeHiddenAsync();
        await Assertions.Expect(button).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Colours_OnceChosen_ComeWithThePageItself()
    {
        var page = await OpenWindowAsync(portal.Address, colours: ColorScheme.Light);
        await page.VisitAsync("/");
        await page.GetByRole(AriaRole.Button, new() { Name = "Menu" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Dark" }).ClickAsync();
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Dark" })).ToHaveAttributeAsync("aria-pressed", "true");

        // As the server sends it, before any script: that is what keeps it from flashing.
        using var response = await GetAsync(page, "/account/sign-in");
        Assert.Contains("<html lang=\"en\" data-theme=\"dark\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        await page.VisitAsync("/account/sign-in");
        await page.GetByRole(AriaRole.Button, new() { Name = "Menu" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Auto" }).ClickAsync();
        await Assertions.Expect(page.Locator("html")).Not.ToHaveAttributeAsync("data-theme", "dark");
        Assert.DoesNotContain(await page.Context.CookiesAsync(), cookie => cookie.Name == "theme");
    }

    [Fact]
    public async Task Phone_TheMainNavigationIsWithinThumbsReach()
    {
        var page = await OpenWindowAsync(portal.Address, Screen.Phone);
        await page.SignInAsync(PortalWithLibrary.Reader, PortalApp.Password);
        await page.VisitAsync("/privacy");
        var bar = page.GetByRole(AriaRole.Navigation, new() { Name = "Main" });
        await Assertions.Expect(bar).ToHaveCountAsync(1);
        foreach (var link in await bar.GetByRole(AriaRole.Link).AllAsync())
        {
            var box = await link.BoundingBoxAsync();
            Assert.NotNull(box);
            Assert.True(box is { Height: >= 44, Width: >= 44 }, $"{await link.InnerTextAsync()} is {box.Width} × {box.Height}");
            Assert.True(box.Y > 740 * 0.75, "It belongs at the bottom.");
        }

        await bar.GetByRole(AriaRole.Link, new() { Name = "Requests" }).ClickAsync();
        await page.WaitForURLAsync("**/me/requests");
    }

    [Fact]
    public async Task Phone_AnAdminHasTheJobsWithinThumbsReach_AndEverythingFits()
    {
        var page = await OpenWindowAsync(portal.Address, Screen.Phone);
        await page.SignInAsync(PortalWithLibrary.Admin, PortalApp.Password);
        await page.VisitAsync("/privacy");
        await page.AssertFitsAsync();
        var bar = page.GetByRole(AriaRole.Navigation, new() { Name = "Main" });
        foreach (var link in await bar.GetByRole(AriaRole.Link).AllAsync())
            Assert.True(await link.BoundingBoxAsync() is { Height: >= 44, Width: >= 44 }, await link.InnerTextAsync());
        await bar.GetByRole(AriaRole.Link, new() { Name = "Jobs" }).ClickAsync();
        await page.WaitForURLAsync("**/admin/jobs");

        // All pages of the staff, on a window as wide as desks have: none ends past the text, or is cut off.
        foreach (var width in (int[])[Screen.Desktop.Size().Width, 1024])
        {
            await page.SetViewportSizeAsync(width, Screen.Desktop.Size().Height);
            var wide = await page.EvaluateAsync<string[]>("""
                () => [...document.querySelectorAll('.staff-bar a')]
                  .filter(link => link.getBoundingClientRect().right - parseFloat(getComputedStyle(link).paddingRight) > document.querySelector('.site-header .tools').getBoundingClientRect().right + 1)
                  .map(link => link.textContent)
                """);
            Assert.True(wide.Length == 0, $"At {width} px these end past the text: {string.Join(", ", wide)}");
        }

        await Pictures.TakeAsync(page, "staff-bar");
    }

    [Fact]
    public async Task StaffBar_ShowsEachPersonTheirOwnPages()
    {
        var page = await OpenWindowAsync(portal.Address);
        await page.SignInAsync(PortalWithLibrary.Librarian, PortalApp.Password);
        await page.VisitAsync("/privacy");
        var bar = page.GetByRole(AriaRole.Navigation, new() { Name = "Staff" });
        await Assertions.Expect(bar.GetByRole(AriaRole.Link, new() { Name = "Accounts" })).ToHaveCountAsync(0);
        await bar.GetByRole(AriaRole.Link, new() { Name = "Requests" }).ClickAsync();
        await page.WaitForURLAsync("**/staff/requests");
        var reader = await OpenWindowAsync(portal.Address);
        await reader.SignInAsync(PortalWithLibrary.Reader, PortalApp.Password);
        await Assertions.Expect(reader.GetByRole(AriaRole.Navigation, new() { Name = "Staff" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task WithoutScripts_OneCanReadSearchAndOpenTheMenu()
    {
        var page = await OpenWindowAsync(portal.Address, Screen.Phone, options: new() { JavaScriptEnabled = false });
        await page.GotoAsync("/");
        await page.GetByRole(AriaRole.Button, new() { Name = "Menu" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Create an account", Exact = true }).ClickAsync();
        await page.WaitForURLAsync("**/account/register");
        await Assertions.Expect(page.Locator("h1")).ToBeVisibleAsync();
        await page.GotoAsync("/");
        await page.Locator("main input[type=search]").FillAsync("emma");
        await page.Locator("main form button[type=submit]").ClickAsync();
        await page.WaitForURLAsync("**/catalog?q=emma");
    }

    [Fact]
    public async Task Motion_WhereLessIsWanted_StandsStill()
    {
        var page = await OpenWindowAsync(portal.Address, options: new() { ReducedMotion = ReducedMotion.Reduce });
        await page.VisitAsync("/");
        var longest = await page.EvaluateAsync<double>("() => Math.max(0, ...document.getAnimations().map(a => a.effect.getComputedTiming().endTime))");
        Assert.True(longest <= 1, $"Something moves for {longest} ms.");
        Assert.Equal("1e-05s", await page.Locator("main .button-primary").First.EvaluateAsync<string>("e => getComputedStyle(e).transitionDuration"));
    }

    static async Task<HttpResponseMessage> GetAsync(IPage page, string path)
    {
        var address = new Uri(new Uri(page.Url), path);
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Add("Cookie", string.Join("; ", (await page.Context.CookiesAsync()).Select(cookie => $"{cookie.Name}={cookie.Value}")));
        return await client.GetAsync(address);
    }
}
