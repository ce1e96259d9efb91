using Microsoft.Playwright;

namespace LibraryPortal.Tests.Support.Browser;

/// <summary>The sizes pages are looked at.</summary>
public enum Screen
{
    /// <summary>1280 × 860.</summary>
    Desktop,

    /// <summary>360 × 740, the narrowest phone in use, with touch.</summary>
    Phone,

    /// <summary>320 × 256: what a desktop window of 1280 × 1024 becomes at 400 % zoom.</summary>
    Zoomed,
}

/// <summary>What the sizes mean in pixels.</summary>
public static class Screens
{
    public static ViewportSize Size(this Screen screen) => screen switch
    {
        Screen.Desktop => new() { Width = 1280, Height = 860 },
        Screen.Phone => new() { Width = 360, Height = 740 },
        Screen.Zoomed => new() { Width = 320, Height = 256 },
        _ => throw new ArgumentOutOfRangeException(nameof(screen)),
    };
}
