using LibraryPortal.Components.Shared;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Components.Shared;

public sealed class IconTests
{
    [Fact]
    public void EveryIcon_IsDrawnAndLooksLikeNoOther()
    {
        var paths = Enum.GetValues<IconName>().Select(IconPaths.Of).ToList();
        Assert.All(paths, path => Assert.StartsWith("M", path, StringComparison.Ordinal));
        Assert.Equal(paths.Count, paths.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Icon_WithALabel_IsAnImageOfThatName()
    {
        await using var renderer = new ComponentRenderer();
        var svg = (await renderer.RenderAsync<Icon>(("Name", IconName.Bell), ("Label", "Notices"))).QuerySelector("svg")!;
        Assert.Equal(("img", "Notices", null), (svg.GetAttribute("role"), svg.GetAttribute("aria-label"), svg.GetAttribute("aria-hidden")));
    }
}
