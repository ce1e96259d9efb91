using LibraryPortal.Components.Shared;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Components.Shared;

public sealed class BookCoverTests
{
    [Fact]
    public async Task Cover_HasAnAccessibleName()
    {
        await using var renderer = new ComponentRenderer();
        var page = await renderer.RenderAsync<BookCover>(("Title", "Good Omens"), ("Authors", "Terry Pratchett, Neil Gaiman"));
        var svg = page.QuerySelector("svg.cover")!;
        Assert.Equal(("img", "Cover of Good Omens by Terry Pratchett & Neil Gaiman"), (svg.GetAttribute("role"), svg.GetAttribute("aria-label")));
    }

    [Fact]
    public async Task Cover_BesideItsTitle_IsNotReadOut()
    {
        await using var renderer = new ComponentRenderer();
        var svg = (await renderer.RenderAsync<BookCover>(("Title", "Emma"), ("Decorative", true))).QuerySelector("svg.cover")!;
        Assert.Equal(("true", null), (svg.GetAttribute("aria-hidden"), svg.GetAttribute("aria-label")));
    }

    [Fact]
    public async Task Cover_TitleWithMarkup_IsText()
    {
        await using var renderer = new ComponentRenderer();
        var page = await renderer.RenderAsync<BookCover>(("Title", "<script>alert(1)</script>"), ("Authors", "\"><b>x"));
        Assert.Empty(page.QuerySelectorAll("script, b"));
    }

    [Fact]
    public async Task Cover_RightToLeftTitle_SaysSo()
    {
        await using var renderer = new ComponentRenderer();
        var page = await renderer.RenderAsync<BookCover>(("Title", "عزازيل"), ("Authors", "يوسف زيدان"));
        Assert.All(page.QuerySelectorAll("svg text"), text => Assert.Equal("rtl", text.GetAttribute("direction")));
    }
}
