using LibraryPortal.Tests.Architecture;
using Microsoft.Playwright;

namespace LibraryPortal.Tests.Support.Browser;

/// <summary>Base of tests that look at pages in a real browser. A test that fails leaves a picture of every open page and a trace in TestResults/browser.</summary>
/// <remarks>Look at a trace with <c>npx playwright show-trace FILE</c>.</remarks>
[Trait("Category", "Browser")]
public abstract class BrowserTest(BrowserFixture browser) : IAsyncLifetime
{
    readonly List<(IBrowserContext Context, List<string> Problems)> _contexts = [];

    public virtual ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>A window of a person of its own: nothing is shared with other windows.</summary>
    protected async Task<IPage> OpenWindowAsync(Uri address, Screen screen = Screen.Desktop, ColorScheme colours = ColorScheme.Light, BrowserNewContextOptions? options = null)
    {
        var chromium = await browser.StartAsync();
        options ??= new();
        options.BaseURL = address.ToString();
        options.ColorScheme = colours;
        options.ViewportSize ??= screen.Size();
        options.HasTouch = screen == Screen.Phone;
        options.AcceptDownloads = true;
        var context = await chromium.NewContextAsync(options);
        context.SetDefaultTimeout((float)Eventually.Deadline.TotalMilliseconds);
        await context.Tracing.StartAsync(new() { Screenshots = true, Snapshots = true });
        List<string> problems = [];
        context.WebError += (_, error) => problems.Add(error.Error);
        context.Console += (_, message) =>
        {
            // A page that is not there is reported here too, and is often what a test is about.
            if (message.Type == "error" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal))
                problems.Add(message.Text);
        };
        _contexts.Add((context, problems));
        return await context.NewPageAsync();
    }

    /// <summary>Fails if a script on any page threw or complained, for instance about the content security policy.</summary>
    protected void AssertNoScriptErrors() => Assert.Empty(_contexts.SelectMany(entry => entry.Problems));

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        var failed = TestContext.Current.TestState?.Result == TestResult.Failed;
        var number = 0;
        foreach (var (context, _) in _contexts)
        {
            number++;
            var stem = Path.Combine(SourceTree.Root, "TestResults", "browser", $"{FileName()}-{number}");
            if (failed)
            {
                foreach (var (page, index) in context.Pages.Select((page, index) => (page, index)))
                    await page.ScreenshotAsync(new() { Path = $"{stem}-page{index + 1}.png", FullPage = true });
            }

            await context.Tracing.StopAsync(new() { Path = failed ? $"{stem}-trace.zip" : null });
            await context.DisposeAsync();
        }
    }

    static string FileName()
    {
        var name = TestContext.Current.Test?.TestDisplayName ?? "test";
        return new string([.. name.Select(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '_' ? character : '-')]);
    }
}
