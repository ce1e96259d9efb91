using LibraryPortal.Components.Shared;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Components.Shared;

public sealed class PagerTests
{
    [Theory]
    [InlineData(1, 1, "1")]
    [InlineData(1, 3, "1 2 3")]
    [InlineData(1, 9, "1 2 … 9")]
    [InlineData(4, 9, "1 2 3 4 5 … 9")]
    [InlineData(5, 9, "1 … 4 5 6 … 9")]
    [InlineData(9, 9, "1 … 8 9")]
    public void Range_ShowsTheEndsAndTheNeighbours(int page, int count, string expected) =>
        Assert.Equal(expected, string.Join(' ', PagerRange.Around(page, count).Select(step => step.Number?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "…")));

    [Fact]
    public async Task Pager_OnAPageInBetween_LinksBothWaysAndMarksTheCurrent()
    {
        await using var renderer = new ComponentRenderer();
        var page = await renderer.RenderAsync<Pager>(("Page", 2), ("PageCount", 3), ("Href", (Func<int, string>)(number => $"/catalog?page={number}")));
        Assert.Equal("/catalog?page=1", page.QuerySelector("a[rel=prev]")!.GetAttribute("href"));
        Assert.Equal("/catalog?page=3", page.QuerySelector("a[rel=next]")!.GetAttribute("href"));
        Assert.Equal("2", page.QuerySelector("[aria-current=page]")!.TextContent);
    }

    [Fact]
    public async Task Pager_WithOnePage_IsNotThere()
    {
        await using var renderer = new ComponentRenderer();
        Assert.Equal("", (await renderer.HtmlAsync<Pager>(("Page", 1), ("PageCount", 1), ("Href", (Func<int, string>)(_ => "")))).Trim());
    }
}
