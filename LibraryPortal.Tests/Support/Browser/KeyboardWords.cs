using Microsoft.Playwright;

namespace LibraryPortal.Tests.Support.Browser;

/// <summary>What a person without a mouse does.</summary>
public static class KeyboardWords
{
    /// <summary>Presses Tab until the focus is on what is called so, and looks at every stop whether it is seen: it has a ring, lies in the window, and nothing covers it.</summary>
    public static async Task TabToAsync(this IPage page, string name)
    {
        ArgumentNullException.ThrowIfNull(page);
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
