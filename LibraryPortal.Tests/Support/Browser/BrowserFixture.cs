using LibraryPortal.Tests.Support.Browser;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(BrowserFixture))]

namespace LibraryPortal.Tests.Support.Browser;

/// <summary>One Chromium for all tests, started by the first that asks for it. Every test gets a context of its own: cookies and storage are never shared.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    static readonly string[] Flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    readonly SemaphoreSlim _gate = new(1, 1);
    IPlaywright? _playwright;
    IBrowser? _browser;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>The browser. Where there is none the test is skipped; with LIBRARYPORTAL_REQUIRE_SERVERS=1 it fails.</summary>
    public async Task<IBrowser> StartAsync()
    {
        await _gate.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            if (_browser is not null)
                return _browser;
            var program = Find();
            if (program is null)
                RequireOrSkip("Chromium is not installed (Debian's package is 'chromium'); set CHROMIUM to its path if it is elsewhere.");
            // Only a failing test waits this long; a busy machine may.
            Assertions.SetDefaultExpectTimeout((float)Eventually.Deadline.TotalMilliseconds);
            _playwright = await Playwright.CreateAsync();
            return _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = program, Args = Flags });
        }
        finally
        {
            _gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        _gate.Dispose();
    }

    static string? Find() =>
        new[] { Environment.GetEnvironmentVariable("CHROMIUM"), "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }.FirstOrDefault(File.Exists);

    static void RequireOrSkip(string reason)
    {
        if (Environment.GetEnvironmentVariable("LIBRARYPORTAL_REQUIRE_SERVERS") == "1")
            Assert.Fail(reason);
        Assert.Skip(reason);
    }
}
