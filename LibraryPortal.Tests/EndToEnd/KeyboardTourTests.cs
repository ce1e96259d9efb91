using LibraryPortal.Tests.Support;
using LibraryPortal.Tests.Support.Browser;
using Microsoft.Playwright;

namespace LibraryPortal.Tests.EndToEnd;

/// <summary>The portal's main job without a mouse: sign in, find a book, ask for it, export, sign out. Wherever the focus goes, it is seen.</summary>
public sealed class KeyboardTourTests(BrowserFixture browser, PortalWithLibrary portal) : BrowserTest(browser), IClassFixture<PortalWithLibrary>
{
    [Theory]
    [InlineData(Screen.Desktop)]
    [InlineData(Screen.Phone)]
    public async Task Tour(Screen screen)
    {
        var reader = $"keys-{screen}";
        await portal.CreateUserAsync(reader);
        var page = await OpenWindowAsync(portal.Address, screen);
        await page.VisitAsync("/account/sign-in");
        await Assertions.Expect(page.Locator("#login")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync(reader);
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync(PortalApp.Password);
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("html[data-ready] .site[data-live]").WaitForAsync(new() { State = WaitForSelectorState.Attached });

        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync("wuthering");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("h1")).ToBeFocusedAsync();
        await TabToAsync(page, "Wuthering Heights");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Wuthering Heights");
        await TabToAsync(page, "Request this book");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("main .badge", new() { HasText = "Pending" })).ToBeVisibleAsync();

        await page.Keyboard.PressAsync("g");
        await page.Keyboard.PressAsync("r");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("My requests");
        await TabToAsync(page, "Export Report");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".toast", new() { HasText = "ready" })).ToBeVisibleAsync();

        await TabToAsync(page, $"Menu of {reader}");
        await page.Keyboard.PressAsync("Enter");
        await TabToAsync(page, "Sign out");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#account-menu .who")).ToHaveCountAsync(0);
        AssertNoScriptErrors();
    }

    static async Task TabToAsync(IPage page, string name)
    {
        for (var step = 0; step < 80; step++)
        {
            await page.Keyboard.PressAsync("Tab");
            var focused = await page.FocusedAsync();
            if (focused.Length > 0)
                await AssertSeenAsync(page, focused);
            if (focused.StartsWith(name, StringComparison.Ordinal))
                return;
        }

        Assert.Fail($"80 presses of Tab did not reach '{name}'.");
    }

    // It has a ring, lies in the window, and nothing that sticks to the window's edges covers it.
    static async Task AssertSeenAsync(IPage page, string name)
    {
        var trouble = await page.EvaluateAsync<string>("""
            () => {
              const e = document.activeElement;
              const ring = [e, e.closest('.book-card')].some(x => x && parseFloat(getComputedStyle(x).outlineWidth) >= 2 && getComputedStyle(x).outlineStyle !== 'none');
              if (!ring) return 'has no ring';
              const box = e.getBoundingClientRect();
              if (box.width * box.height === 0 || box.bottom <= 0 || box.top >= innerHeight) return 'is outside the window';
              const at = document.elementFromPoint(box.left + Math.min(box.width / 2, innerWidth / 2), Math.min(Math.max(box.top + box.height / 2, 1), innerHeight - 1));
              return at && (e.contains(at) || at.contains(e) || at.closest('.toast')) ? '' : `is covered by ${at?.outerHTML.slice(0, 80)}`;
            }
            """);
        Assert.True(trouble.Length == 0, $"On {page.Url} '{name}' has the focus and {trouble}.");
    }
}
