using System.Globalization;

namespace LibraryPortal.Tests.Components.Shared.Covers;

/// <summary>The contrast ratio of WCAG 2.2, from 1 to 21.</summary>
internal static class Contrast
{
    public static double Ratio(string one, string other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + .05) / (Math.Min(a, b) + .05);
    }

    static double Luminance(string hex) => (.2126 * Channel(hex, 1)) + (.7152 * Channel(hex, 3)) + (.0722 * Channel(hex, 5));

    static double Channel(string hex, int at)
    {
        var value = int.Parse(hex.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
        return value <= .04045 ? value / 12.92 : Math.Pow((value + .055) / 1.055, 2.4);
    }
}
