using System.IO.Compression;
using LibraryPortal.Tests.Support.Browser;
using Microsoft.Playwright;

namespace LibraryPortal.Tests.EndToEnd;

/// <summary>What a first visit costs. Sizes are what a published portal sends: static files are compressed with Brotli, pages are sent as they are.</summary>
public sealed class WeightTests(BrowserFixture browser, PortalWithLibrary portal) : BrowserTest(browser), IClassFixture<PortalWithLibrary>
{
    const int Most = 250 * 1024;

    [Theory]
    [InlineData("/")]
    [InlineData("/catalog")]
    [InlineData("/account/sign-in")]
    public async Task FirstVisit_IsLight_AndAsksNoOtherHost(string path)
    {
        var page = await OpenWindowAsync(portal.Address);
        List<IResponse> responses = [];
        page.Response += (_, response) => responses.Add(response);
        await page.VisitAsync(path);
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);

        Assert.All(responses, response => Assert.Equal(portal.Address.Authority, new Uri(response.Url).Authority));
        List<(string What, int Bytes)> parts = [];
        foreach (var response in responses.Where(response => response.Status == 200))
            parts.Add((new Uri(response.Url).AbsolutePath, SizeOf(await response.BodyAsync(), response.Headers.GetValueOrDefault("content-type", ""))));
        var list = string.Join('\n', parts.OrderByDescending(part => part.Bytes).Select(part => $"{part.Bytes,8:N0} {part.What}"));
        TestContext.Current.TestOutputHelper?.WriteLine(list);
        Assert.True(parts.Sum(part => part.Bytes) <= Most, $"{path} weighs {parts.Sum(part => part.Bytes):N0} bytes:\n{list}");
    }

    static int SizeOf(byte[] body, string contentType)
    {
        if (contentType.StartsWith("text/html", StringComparison.Ordinal))
            return body.Length;
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
            brotli.Write(body);
        return (int)packed.Length;
    }
}
