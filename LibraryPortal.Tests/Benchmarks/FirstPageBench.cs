using System.Globalization;
using LibraryPortal.Tests.Support.Browser;
using Microsoft.Playwright;

namespace LibraryPortal.Tests.Benchmarks;

/// <summary>
/// How long a person waits for the first page of results in Chromium: from the beginning of the navigation, or from the typed words, until the results are
/// drawn. Start a portal with the catalogue to be measured, set LIBRARYPORTAL_BENCH_URL to its address, and run this test; it prints and asserts nothing.
/// </summary>
public sealed class FirstPageBench(BrowserFixture browser)
{
    const int Rounds = 3;

    static readonly string[] Words =
        ["love", "the", "history of the world", "stephen king", "garcía márquez", "harry", "winter garden", "histroy gardne", "king", "de", "night river", "l'étranger"];

    /// <summary>Notes when the results of the words in the address, or of those that were typed, are on the screen: the frame after they stand in the page.</summary>
    const string Watch = """
        globalThis.drawn = words => new Promise(done => {
          const has = () => document.querySelector('h1')?.textContent.includes(words) && document.querySelector('.found .book-list > li, .found .empty');
          const look = () => has() ? (watch.disconnect(), requestAnimationFrame(() => setTimeout(() => done(performance.now())))) : null;
          const watch = new MutationObserver(look);
          watch.observe(document, { subtree: true, childList: true, characterData: true });
          look();
        });
        """;

    [Fact]
    public async Task FirstPageOfResults_IsDrawn()
    {
        var address = Environment.GetEnvironmentVariable("LIBRARYPORTAL_BENCH_URL");
        Assert.SkipUnless(address is not null, "Set LIBRARYPORTAL_BENCH_URL to the address of a running portal to measure it.");
        var chromium = await browser.StartAsync();
        await using var context = await chromium.NewContextAsync(new() { BaseURL = address });
        await context.AddInitScriptAsync(Watch);
        var page = await context.NewPageAsync();
        List<double> visits = [], typed = [];
        for (var round = 0; round <= Rounds; round++)
        {
            foreach (var words in Words)
            {
                var visit = await VisitAsync(page, words);
                await page.WaitUntilReadyAsync();
                var answer = await TypeAsync(page, $"{words} {(char)('a' + round)}");
                // The first round warms the server and the browser up.
                if (round > 0)
                    (visits, typed) = ([.. visits, visit], [.. typed, answer]);
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine(Line("Navigation to /catalog?q=…", visits));
        TestContext.Current.TestOutputHelper?.WriteLine(Line("Words typed into the box", typed));
    }

    /// <returns>Milliseconds from the beginning of the navigation.</returns>
    static async Task<double> VisitAsync(IPage page, string words)
    {
        await page.GotoAsync($"/catalog?q={Uri.EscapeDataString(words)}", new() { WaitUntil = WaitUntilState.Commit });
        return await page.EvaluateAsync<double>("words => drawn(words)", words);
    }

    /// <returns>Milliseconds from the last letter; the box itself waits a little before it asks.</returns>
    static Task<double> TypeAsync(IPage page, string words) => page.EvaluateAsync<double>(
        """
        async words => {
          const box = document.querySelector('main input[type=search]');
          box.focus();
          box.value = words;
          const typed = performance.now();
          box.dispatchEvent(new Event('input', { bubbles: true }));
          return await drawn(words) - typed;
        }
        """, words);

    static string Line(string what, List<double> times)
    {
        times.Sort();
        double At(double quantile) => times[Math.Min(times.Count - 1, (int)(times.Count * quantile))];
        return string.Create(CultureInfo.InvariantCulture, $"{what}: {times.Count} times, median {At(.5):F0} ms, p99 {At(.99):F0} ms, longest {times[^1]:F0} ms");
    }
}
