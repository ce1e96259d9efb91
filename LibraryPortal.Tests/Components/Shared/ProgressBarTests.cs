using LibraryPortal.Components.Shared;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Components.Shared;

public sealed class ProgressBarTests
{
    [Fact]
    public async Task Progress_OfAKnownTotal_SaysItToTheEyeAndToTheScreenReader()
    {
        await using var renderer = new ComponentRenderer();
        var page = await renderer.RenderAsync<ProgressBar>(("Label", "Export"), ("Done", 500L), ("Total", 2_000L), ("Unit", "rows"));
        var bar = page.QuerySelector("[role=progressbar]")!;
        Assert.Equal(("Export", "25", "500 of 2,000 rows · 25 %"), (bar.GetAttribute("aria-label"), bar.GetAttribute("aria-valuenow"), bar.GetAttribute("aria-valuetext")));
        Assert.Equal("25%", bar.QuerySelector("rect")!.GetAttribute("width"));
    }

    [Fact]
    public async Task Progress_OfAnUnknownTotal_HasNoValue()
    {
        await using var renderer = new ComponentRenderer();
        var bar = (await renderer.RenderAsync<ProgressBar>(("Label", "Export"), ("Done", 0L), ("Total", 0L))).QuerySelector("[role=progressbar]")!;
        Assert.False(bar.HasAttribute("aria-valuenow"));
    }

    [Fact]
    public async Task Progress_WithAStart_EstimatesByTheClock()
    {
        var clock = new ManualClock();
        await using var renderer = new ComponentRenderer(clock);
        var page = await renderer.RenderAsync<ProgressBar>(("Label", "Export"), ("Done", 1L), ("Total", 4L), ("StartedAt", clock.GetUtcNow().AddSeconds(-10)));
        Assert.EndsWith("about 30 s left", page.QuerySelector(".words")!.TextContent, StringComparison.Ordinal);
    }
}
