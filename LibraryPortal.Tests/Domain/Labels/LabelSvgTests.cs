using System.Xml.Linq;
using LibraryPortal.Domain.Labels;

namespace LibraryPortal.Tests.Domain.Labels;

public sealed class LabelSvgTests
{
    [Fact]
    public void Of_ABarCode_KeepsTheQuietZones()
    {
        var svg = XDocument.Parse(LabelSvg.Of(Code128.Encode("A").Value!, "Barcode A", 30)).Root!;
        Assert.Equal("0 0 66 30", svg.Attribute("viewBox")!.Value);
        Assert.StartsWith("M10 0h2v30h-2zM13 0h1v30h-1z", svg.Elements().Last().Attribute("d")!.Value, StringComparison.Ordinal);
        Assert.EndsWith("M54 0h2v30h-2z", svg.Elements().Last().Attribute("d")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_AQrCode_DrawsEveryDarkModuleOnce()
    {
        var code = QrCode.Encode("C-000123").Value!;
        var svg = XDocument.Parse(LabelSvg.Of(code, "Copy C-000123")).Root!;
        Assert.Equal("0 0 29 29", svg.Attribute("viewBox")!.Value);
        var drawn = svg.Elements().Last().Attribute("d")!.Value.Split('z', StringSplitOptions.RemoveEmptyEntries)
            .Sum(bar => int.Parse(bar.Split('h')[1].Split('v')[0], null));
        var dark = Enumerable.Range(0, code.Size * code.Size).Count(i => code[i / code.Size, i % code.Size]);
        Assert.Equal(dark, drawn);
    }

    [Fact]
    public void Of_ATitleWithMarkup_EscapesIt() =>
        Assert.Equal("<b>&\"", XDocument.Parse(LabelSvg.Of(Code128.Encode("A").Value!, "<b>&\"")).Root!.Elements().First().Value);
}
