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

    /// <summary>Fails with a list of what is wrong and where.</summary>
    public static async Task AssertNoViolationsAsync(IPage page)
    {
        ArgumentNullException.ThrowIfNull(page);
        await StandStillAsync(page);
        var result = await page.RunAxe(Options);
        var violations = result.Violations.Select(violation =>
            $"{violation.Id} ({violation.Impact}): {violation.Help}\n" +
            string.Join('\n', violation.Nodes.Take(5).Select(node => $"    {node.Html}\n        {string.Join("; ", node.Any.Concat(node.All).Concat(node.None).Select(check => check.Message))}")));
        Assert.True(result.Violations.Length == 0, $"{page.Url}:\n{string.Join('\n', violations)}");
    }

    /// <summary>Fails with a list of what its colours do not tell apart. For a page that <see cref="AssertNoViolationsAsync"/> has just passed in another theme: only what
    /// can differ is asked, of the axe that stands in the page since then.</summary>
    public static async Task AssertColoursAsync(IPage page)
    {
        ArgumentNullException.ThrowIfNull(page);
        await StandStillAsync(page);
        var violations = await page.EvaluateAsync<string[]>("""
            async () => (await axe.run(document, { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] }, resultTypes: ['violations'] }))
                .violations.flatMap(violation => violation.nodes.map(node => `${violation.id}: ${node.html}\n    ${node.failureSummary}`))
            """);
        Assert.True(violations.Length == 0, $"{page.Url}:\n{string.Join('\n', violations)}");
    }

    // A colour in the middle of a transition or a fading dialog is nobody's contrast. What begins later, a dialog or a message that comes while axe looks, does not move.
    // What a closed <details> holds is not drawn: its transitions wait until it opens, and would be waited for without end.
    static async Task StandStillAsync(IPage page)
    {
        await page.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.Reduce });
        await page.EvaluateAsync("""
            () => Promise.race([
                Promise.allSettled(document.getAnimations()
                    .filter(a => a.effect?.getTiming().iterations !== Infinity && a.effect?.target?.checkVisibility()).map(a => a.finished)),
                new Promise(enough => setTimeout(enough, 5000)),
            ])
            """);
    }
}
