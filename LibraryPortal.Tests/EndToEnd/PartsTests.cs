using LibraryPortal.Components.Shared.Slots;
using LibraryPortal.Tests.Support;
using LibraryPortal.Tests.Support.Browser;
using Microsoft.Playwright;

namespace LibraryPortal.Tests.EndToEnd;

/// <summary>The shared components in a real browser, all of them on one page.</summary>
public sealed class PartsTests(BrowserFixture browser, PartsTests.PortalWithParts portal) : BrowserTest(browser), IClassFixture<PartsTests.PortalWithParts>
{
    [Fact]
    public async Task AllParts_HaveNoBarrierInEitherTheme_AndFitAPhone()
    {
        var page = await OpenAsync();
        await Axe.AssertNoViolationsAsync(page);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await Axe.AssertColoursAsync(page);
        await Pictures.TakeAsync(page, "parts");
        foreach (var screen in new[] { Screen.Phone, Screen.Zoomed })
        {
            await page.SetViewportSizeAsync(screen.Size().Width, screen.Size().Height);
            await page.AssertFitsAsync();
        }

        AssertNoScriptErrors();
    }

    [Fact]
    public async Task Toasts_AreAnnouncedPolitely_AndCanBeDismissedByKeyboard()
    {
        var page = await OpenAsync();
        var region = page.GetByRole(AriaRole.Region, new() { Name = "Messages" });
        await Assertions.Expect(region).ToHaveAttributeAsync("aria-live", "polite");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show toasts" }).ClickAsync();
        await Assertions.Expect(region.Locator(".toast")).ToHaveCountAsync(3);
        await Axe.AssertNoViolationsAsync(page);
        await Assertions.Expect(region.GetByRole(AriaRole.Link, new() { Name = "Download" })).ToHaveAttributeAsync("href", "/me/exports");
        var first = region.GetByRole(AriaRole.Button, new() { Name = "Dismiss" }).First;
        await first.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(region.GetByText("Your export is ready.")).ToHaveCountAsync(0);
        await Assertions.Expect(region.GetByText("That did not work.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task ConfirmDialog_FocusesTheSafeAnswer_AndActsOnlyWhenConfirmed()
    {
        var page = await OpenAsync();
        var ask = page.GetByRole(AriaRole.Button, new() { Name = "Ask first" });
        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "Cancel this request?" });
        await ask.ClickAsync();
        await Assertions.Expect(dialog).ToBeVisibleAsync();
        Assert.Equal("Keep it", await page.FocusedAsync());
        await Axe.AssertNoViolationsAsync(page);
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(dialog).ToBeHiddenAsync();
        await Assertions.Expect(ask).ToBeFocusedAsync();
        await Assertions.Expect(page.Locator("#asked")).ToHaveTextAsync("0");

        await ask.ClickAsync();
        await Assertions.Expect(dialog).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#asked")).ToHaveTextAsync("1");
        await Assertions.Expect(dialog).ToBeHiddenAsync();
    }

    [Fact]
    public async Task KitGrid_SortsAndPages_WithoutTheKitsStyleSheetsAndFont()
    {
        var page = await OpenWindowAsync(portal.Address);
        List<string> asked = [];
        page.Request += (_, request) => asked.Add(new Uri(request.Url).AbsolutePath);
        await page.VisitAsync("/");
        var rows = page.Locator(".kit-grid tbody tr");
        await Assertions.Expect(rows).ToHaveCountAsync(5);
        await page.Locator(".kit-grid th", new() { HasText = "Copies" }).ClickAsync();
        await Assertions.Expect(rows.First).ToContainTextAsync("Volume 11");
        await page.Locator(".kit-grid").GetByRole(AriaRole.Button, new() { Name = "Go to next page." }).ClickAsync();
        await Assertions.Expect(page.Locator(".kit-grid")).ToContainTextAsync("Page 2 of 3");
        Assert.Equal(["/_content/Radzen.Blazor/Radzen.Blazor.min.js"], asked.Where(path => path.Contains("Radzen", StringComparison.Ordinal)));
    }

    async Task<IPage> OpenAsync()
    {
        var page = await OpenWindowAsync(portal.Address);
        await page.VisitAsync("/");
        await Assertions.Expect(page.Locator(".kit-grid tbody tr")).ToHaveCountAsync(5);
        return page;
    }

    /// <summary>A portal whose home page shows all parts.</summary>
    public sealed class PortalWithParts : PortalApp
    {
        public PortalWithParts() => Configure = services => services.AddSlot<AllParts>(SlotNames.HomeShelves);
    }
}
