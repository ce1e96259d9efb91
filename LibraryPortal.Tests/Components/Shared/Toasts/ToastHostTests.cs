using LibraryPortal.Components.Shared.Toasts;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Components.Shared.Toasts;

public sealed class ToastHostTests
{
    [Fact]
    public async Task Host_WithoutToasts_KeepsItsLiveRegion()
    {
        await using var renderer = new ComponentRenderer();
        var region = (await renderer.RenderAsync<ToastHost>()).QuerySelector("[aria-live]")!;
        Assert.Equal(("polite", 0), (region.GetAttribute("aria-live"), region.ChildElementCount));
    }

    [Fact]
    public async Task Host_DownloadLink_LeavesTheRouter()
    {
        await using var renderer = new ComponentRenderer();
        renderer.Services.GetRequiredService<IToasts>().Show(new Toast(ToastTone.Success, "Ready", "Download", "/api/exports/1/file") { IsDownload = true });
        var link = (await renderer.RenderAsync<ToastHost>()).QuerySelector("a")!;
        Assert.True(link.HasAttribute("download"));
    }
}
