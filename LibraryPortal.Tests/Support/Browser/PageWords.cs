using Microsoft.Playwright;

namespace LibraryPortal.Tests.Support.Browser;

/// <summary>What a person does on any page of the portal.</summary>
public static class PageWords
{
    /// <summary>Opens a page and waits until it answers clicks.</summary>
    public static async Task VisitAsync(this IPage page, string path)
    {
        ArgumentNullException.ThrowIfNull(page);
        await page.GotoAsync(path);
        await page.WaitUntilReadyAsync();
    }

    /// <summary>Waits for the circuit on interactive pages; static ones are ready once their script has run.</summary>
    public static async Task WaitUntilReadyAsync(this IPage page)
    {
        ArgumentNullException.ThrowIfNull(page);
        await page.Locator("html[data-ready] .site:is([data-live], [data-static])").WaitForAsync(new() { State = WaitForSelectorState.Attached });
    }

    /// <summary>Waits until the server has heard what was done on an interactive page so far, where the page itself shows nothing of it: what a circuit is asked, it is
    /// asked in order, and it answers also to a call of nothing.</summary>
    public static async Task HeardAsync(this IPage page)
    {
        ArgumentNullException.ThrowIfNull(page);
        await page.EvaluateAsync("() => DotNet.invokeMethodAsync('Nothing', 'Nothing').catch(() => {})");
    }

    public static async Task SignInAsync(this IPage page, string userName, string password)
    {
        ArgumentNullException.ThrowIfNull(page);
        await page.VisitAsync("/account/sign-in");
        await page.Locator("#login").FillAsync(userName);
        await page.Locator("#password").FillAsync(password);
        await page.Locator("main form").First.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await page.Locator($"html[data-ready] #account-menu .who").WaitForAsync(new() { State = WaitForSelectorState.Attached });
    }

    /// <summary>Fails if the page must be scrolled sideways, naming what sticks out.</summary>
    public static async Task AssertFitsAsync(this IPage page)
    {
        ArgumentNullException.ThrowIfNull(page);
        var wide = await page.EvaluateAsync<string[]>("""
            () => document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll('body *')]
              .filter(e => e.getBoundingClientRect().right > innerWidth + 1 && e.checkVisibility())
              .map(e => `${e.tagName.toLowerCase()}.${e.className?.baseVal ?? e.className} ends at ${Math.round(e.getBoundingClientRect().right)} of ${innerWidth}`)
            """);
        Assert.True(wide.Length == 0, $"{page.Url} must be scrolled sideways:\n{string.Join('\n', wide.Take(8))}");
    }

    /// <summary>What has the focus, as a person would call it: its accessible name or text.</summary>
    public static Task<string> FocusedAsync(this IPage page)
    {
        ArgumentNullException.ThrowIfNull(page);
        return page.EvaluateAsync<string>("""
            () => { const e = document.activeElement; return e === document.body ? '' : (e.getAttribute('aria-label') ?? e.innerText ?? e.name ?? e.tagName).trim(); }
            """);
    }
}
