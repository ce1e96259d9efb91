using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace LibraryPortal.Tests.Support.Browser;

/// <summary>Asks axe whether a page can be used by everybody.</summary>
public static class Axe
{
    /// <summary>The rules of WCAG 2.2 A and AA, and what axe calls best practice.</summary>
    static readonly AxeRunOptions Options = new()
    {
        RunOnly = RunOnlyOptions.Tags("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"),
    };

    /// <summary>Those of them that can tell one theme of a page from another.</summary>
    static readonly AxeRunOptions ColourOptions = new() { RunOnly = RunOnlyOptions.Rules("color-contrast", "link-in-text-block") };

    /// <summary>Fails with a list of what is wrong and where.</summary>
    public static Task AssertNoViolationsAsync(IPage page) => AssertAsync(page, Options);

    /// <summary>Fails with a list of what cannot be told apart by its colours: for a page that passed in another theme.</summary>
    public static Task AssertColoursAsync(IPage page) => AssertAsync(page, ColourOptions);

    static async Task AssertAsync(IPage page, AxeRunOptions options)
    {
        ArgumentNullException.ThrowIfNull(page);
        // A colour in the middle of a transition or a fading dialog is nobody's contrast.
        // What a closed <details> holds is not drawn: its transitions wait until it opens, and would be waited for without end.
        await page.EvaluateAsync("""
            () => Promise.race([
                Promise.allSettled(document.getAnimations()
                    .filter(a => a.effect?.getTiming().iterations !== Infinity && a.effect?.target?.checkVisibility()).map(a => a.finished)),
                new Promise(enough => setTimeout(enough, 5000)),
            ])
            """);
        var result = await page.RunAxe(options);
        var violations = result.Violations.Select(violation =>
            $"{violation.Id} ({violation.Impact}): {violation.Help}\n" +
            string.Join('\n', violation.Nodes.Take(5).Select(node => $"    {node.Html}\n        {string.Join("; ", node.Any.Concat(node.All).Concat(node.None).Select(check => check.Message))}")));
        Assert.True(result.Violations.Length == 0, $"{page.Url}:\n{string.Join('\n', violations)}");
    }
}
