using LibraryPortal.Tests.Architecture;
using Microsoft.Playwright;

namespace LibraryPortal.Tests.Support.Browser;

/// <summary>Takes pictures of pages for people to look at: light, dark and phone. Off unless LIBRARYPORTAL_PICTURES=1.</summary>
public static class Pictures
{
    public static string Folder { get; } = Path.Combine(SourceTree.Root, "TestResults", "pictures");

    public static bool AreWanted => Environment.GetEnvironmentVariable("LIBRARYPORTAL_PICTURES") == "1";

    /// <summary>Takes the page as it is now, three times.</summary>
    /// <param name="name">What the files begin with.</param>
    public static async Task TakeAsync(IPage page, string name)
    {
        ArgumentNullException.ThrowIfNull(page);
        if (!AreWanted)
            return;
        var size = page.ViewportSize;
        await TakeAsync(page, $"{name}-light", ColorScheme.Light, Screen.Desktop.Size());
        await TakeAsync(page, $"{name}-dark", ColorScheme.Dark, Screen.Desktop.Size());
        await TakeAsync(page, $"{name}-phone", ColorScheme.Light, Screen.Phone.Size());
        if (size is not null)
            await page.SetViewportSizeAsync(size.Width, size.Height);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light, ReducedMotion = ReducedMotion.NoPreference });
    }

    static async Task TakeAsync(IPage page, string name, ColorScheme colours, ViewportSize size)
    {
        await page.SetViewportSizeAsync(size.Width, size.Height);
        await page.EmulateMediaAsync(new() { ColorScheme = colours, ReducedMotion = ReducedMotion.Reduce });
        await page.ScreenshotAsync(new() { Path = Path.Combine(Folder, $"{name}.png"), Animations = ScreenshotAnimations.Disabled });
    }
}
