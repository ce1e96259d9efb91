using System.Globalization;
using System.Security;
using System.Text;

namespace LibraryPortal.Domain.Labels;

/// <summary>
/// Draws codes as SVG: black on white in every theme, because scanners need the contrast, quiet zones included. One unit is one module, so that
/// the page alone decides the printed size.
/// </summary>
public static class LabelSvg
{
    /// <param name="height">Of the bars, in modules. Default: 40.</param>
    /// <param name="title">What a screen reader says.</param>
    public static string Of(ModuleRow code, string title, int height = 40)
    {
        var path = new StringBuilder();
        for (var start = 0; start < code.Width;)
        {
            var end = start;
            while (end < code.Width && code.Modules[end] == code.Modules[start])
                end++;
            if (code.Modules[start])
                Bar(path, start + Code128.QuietZone, 0, end - start, height);
            start = end;
        }

        // Bars may be of any height: where there is little of it, they must not become thinner, too.
        return Document(code.Width + 2 * Code128.QuietZone, height, title, path, " preserveAspectRatio=\"none\"");
    }

    /// <param name="title">What a screen reader says.</param>
    public static string Of(ModuleMatrix code, string title)
    {
        var path = new StringBuilder();
        for (var row = 0; row < code.Size; row++)
        {
            for (var start = 0; start < code.Size;)
            {
                var end = start;
                while (end < code.Size && code[row, end] == code[row, start])
                    end++;
                if (code[row, start])
                    Bar(path, start + QrCode.QuietZone, row + QrCode.QuietZone, end - start, 1);
                start = end;
            }
        }

        var side = code.Size + 2 * QrCode.QuietZone;
        return Document(side, side, title, path);
    }

    static void Bar(StringBuilder path, int x, int y, int width, int height) =>
        path.Append(CultureInfo.InvariantCulture, $"M{x} {y}h{width}v{height}h-{width}z");

    static string Document(int width, int height, string title, StringBuilder path, string fit = "") => string.Create(CultureInfo.InvariantCulture,
        $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"{fit} role="img" shape-rendering="crispEdges"><title>{SecurityElement.Escape(title)}</title><path fill="#fff" d="M0 0h{width}v{height}H0z"/><path d="{path}"/></svg>""");
}
