using LibraryPortal.Components.Shared;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Components.Shared;

public sealed class RelativeTimeTests
{
    [Fact]
    public async Task Time_IsRelative_AndExactOnHoverAndForMachines()
    {
        var clock = new ManualClock();
        await using var renderer = new ComponentRenderer(clock);
        var time = (await renderer.RenderAsync<RelativeTime>(("At", (DateTimeOffset?)clock.GetUtcNow().AddMinutes(-5)))).QuerySelector("time")!;
        Assert.Equal("5 minutes ago", time.TextContent);
        Assert.Equal("2 March 2026, 08:55 UTC", time.GetAttribute("title"));
        Assert.Equal("2026-03-02T08:55:00.0000000Z", time.GetAttribute("datetime"));
    }

    [Fact]
    public async Task Time_ThatIsMissing_IsSaid()
    {
        await using var renderer = new ComponentRenderer();
        Assert.Equal("not yet", (await renderer.HtmlAsync<RelativeTime>(("At", null), ("Missing", "not yet"))).Trim());
    }
}
